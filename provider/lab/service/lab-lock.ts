import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { KmsError } from "../../errors/kms-error";
import { lockFile } from "../../ledger/file-store";

const pollMilliseconds = 100;

/** Longer than a lab takes to start, with a dead process's lock before it. */
const waitsMilliseconds = 90_000;

/** Only one process at a time starts or stops the lab of a folder; others wait. @throws KmsError KMS7066 */
export async function withLabLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + waitsMilliseconds;
  let lock = await lockFile(path.join(folder, "lab"));
  while (lock === undefined) {
    if (performance.now() > until) {
      throw new KmsError("KMS7066", {
        values: { given: folder, reason: "another process has been starting or stopping its lab for long" },
      });
    }
    await setTimeout(pollMilliseconds);
    lock = await lockFile(path.join(folder, "lab"));
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
