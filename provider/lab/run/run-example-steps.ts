import { KmsError } from "../../errors/kms-error";
import type { FleetStatus } from "./fleet-status";
import type { ExampleStep } from "./lab-example";
import { type LabRunContext, preview, updateTwice } from "./run-steps";

/** Changes the configuration step by step; after each all members are licensed, by the host that it names. */
export async function runExampleSteps(context: LabRunContext, steps: readonly ExampleStep[]): Promise<void> {
  for (const { name, config, servedBy } of steps) {
    const inPart = { ...context, part: name };
    await context.stack.configure({ plain: config, secret: {} });
    await preview(inPart, "what would change", await context.resources());
    await updateTwice(inPart, "change it");
    if (servedBy !== undefined) {
      expectServedBy(servedBy, context.report);
    }
  }
}

/** @throws KmsError KMS7083 when a member has another KMS host */
function expectServedBy(wanted: string, { members }: FleetStatus): void {
  const others = members.filter(({ host }) => host.toLowerCase() !== wanted.toLowerCase());
  if (others.length > 0) {
    const names = others.map(({ name, host }) => `${name} by ${host || "none"}`).join(", ");
    throw new KmsError("KMS7083", { values: { count: others.length, all: members.length, wanted, names } });
  }
}
