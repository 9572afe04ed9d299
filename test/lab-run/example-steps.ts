import type { LabControl } from "../../provider/lab/control/lab-control";
import type { FleetStatus } from "./fleet-status";
import type { KeyUse } from "./key-use";
import type { ExampleStep } from "./lab-example";
import { LabRunError } from "./lab-run-error";
import { destroyUnprotected, type LabRunContext, preview, updateTwice } from "./steps";

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

/** @throws LabRunError KMS7083 when a member has another KMS host */
function expectServedBy(wanted: string, { members }: FleetStatus): void {
  const others = members.filter(({ kmsHost = "" }) => kmsHost.toLowerCase() !== wanted.toLowerCase());
  if (others.length > 0) {
    const names = others.map(({ name, kmsHost = "none" }) => `${name} by ${kmsHost}`).join(", ");
    throw new LabRunError("KMS7083", {
      values: { count: others.length, all: members.length, wanted, names },
    });
  }
}

/** Microsoft's telephone line. */
export type Telephone = Pick<LabControl, "confirmInstallation">;

/**
 * What the telephone line answers to the installation IDs in a stack output, by their keys.
 * @throws LabRunError KMS7086 when the output is none of installation IDs
 */
export async function confirmationIds(
  telephone: Telephone,
  output: string,
  outputs: Record<string, unknown>,
): Promise<Record<string, string>> {
  const found = outputs[output];
  const entries = typeof found === "object" && found !== null ? Object.entries(found) : [];
  const ids = entries.filter((entry): entry is [string, string] => /^[0-9]+$/.test(String(entry[1])));
  if (ids.length === 0 || ids.length < entries.length) {
    throw new LabRunError("KMS7086", { values: { given: output } });
  }
  const answers: Record<string, string> = {};
  for (const [key, installationId] of ids) {
    answers[key] = await telephone.confirmInstallation(installationId);
  }
  return answers;
}

/**
 * Destroys what is not protected and builds it again, several times.
 * @param spent what is spent of the KMS host keys at the moment
 * @throws LabRunError KMS7082 when that spends a KMS host or an activation
 */
export async function rebuild(
  context: LabRunContext,
  times: number,
  spent: () => Promise<KeyUse[]>,
): Promise<void> {
  const before = await spent();
  for (let time = 1; time <= times; time += 1) {
    const inPart = { ...context, part: `rebuild ${time} of ${times}` };
    await destroyUnprotected(inPart);
    await updateTwice(inPart, "build it again");
    expectSameSpent(before, await spent(), time);
  }
}

function expectSameSpent(before: KeyUse[], after: KeyUse[], time: number): void {
  before.forEach((former, index) => {
    const { ending, microsoft } = after[index];
    const hosts = microsoft.hosts - former.microsoft.hosts;
    const activations = microsoft.activations - former.microsoft.activations;
    if (hosts > 0 || activations > 0) {
      throw new LabRunError("KMS7082", { values: { time, hosts, activations, ending } });
    }
  });
}
