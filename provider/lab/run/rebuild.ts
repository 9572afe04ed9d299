import { KmsError } from "../../errors/kms-error";
import type { KeyUse } from "./key-use";
import { destroyUnprotected, type LabRunContext, updateTwice } from "./run-steps";

/**
 * Destroys what is not protected and builds it again, several times.
 * @param spent what is spent of the KMS host keys at the moment
 * @throws KmsError KMS7082 when that spends a KMS host or an activation
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
      throw new KmsError("KMS7082", { values: { time, hosts, activations, ending } });
    }
  });
}
