import { KmsError } from "../../errors/kms-error";
import type { FleetStatus } from "./fleet-status";
import type { ExampleStep } from "./lab-example";
import { type LabRunContext, preview, updateTwice } from "./run-steps";
import { confirmationIds, type Telephone } from "./telephone";

/** Changes the configuration step by step; after each all members are licensed, by the host that it names. */
export async function runExampleSteps(
  context: LabRunContext,
  steps: readonly ExampleStep[],
  telephone: Telephone,
): Promise<void> {
  for (const { name, config = {}, telephone: output, servedBy } of steps) {
    const inPart = { ...context, part: name };
    const answers =
      output === undefined ? {} : await confirmationIds(telephone, output, await context.stack.outputs());
    await context.stack.configure({ plain: config, secret: answers });
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
