import assert from "node:assert/strict";
import type { HostUsage } from "../../../provider/lab/windows/activation-service";
import type { MachineSnapshot } from "../../../provider/lab/windows/licensing-state";
import { labProductKey } from "../../../provider/lab/windows/product-keys";
import type { LedgerHost } from "../../../provider/ledger/document";
import { hostKey } from "../host-fixture";
import type { Chain } from "./chain";

export const otherGroup = "Volume License for Windows Server 2025";
export const otherKey = labProductKey(otherGroup);
/** What a drifted machine has in place of its host key: the setup key of its edition. */
export const clientSetupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

/** The key that the update installs. */
export const keyOf = ({ situation }: Pick<Chain, "situation">) =>
  situation === "another-key" ? otherKey : hostKey;

/** What can be seen after a chain. */
export interface Seen {
  /** Whether the engine knew of the host when it was destroyed: of a resource in no state yet it knows nothing. */
  remembered: boolean;
  machine: Pick<MachineSnapshot, "uuid" | "licenseStatus" | "partialProductKey">;
  /** Entry of the machine in the ledger of a key. */
  entryOf(key: string): Promise<LedgerHost | undefined>;
  /** What Microsoft has counted for the key with this ending. */
  usage(ending: string): Promise<HostUsage[]>;
}

/** Two living runs whose scripts take no turns on the machine, which is all that keeps both from activating it. */
const besideEachOther = ({ scripts, victim }: Chain) =>
  scripts === "30s-beside" && victim === "engine" ? 1 : 0;

/** The most that each key may have spent: one more where two runs are beside each other. */
function mostOf(chain: Chain): Record<string, number> {
  const { situation } = chain;
  const beside = besideEachOther(chain);
  return {
    [hostKey]: (situation === "after-drift" ? 2 : 1) + beside,
    ...(situation === "another-key" && { [otherKey]: 1 + beside }),
  };
}

/**
 * Asserts that Microsoft's count, the ledger and the machine agree, and that nothing was spent twice. What nobody can know
 * stays counted as open: where a first activation was cut off and the host is destroyed without another update, no handler is
 * called any more. A confirmation ID that no update came to deposit is known to nobody but its owner.
 */
export async function checkAgreement(chain: Chain, seen: Seen): Promise<void> {
  const isForgotten = chain.next === "destroy" && !seen.remembered;
  for (const [key, most] of Object.entries(mostOf(chain))) {
    const ending = key.slice(-5);
    const hosts = await seen.usage(ending);
    const counted = hosts.find(({ machineId }) => machineId === seen.machine.uuid)?.activations ?? 0;
    const outcomes = (await seen.entryOf(key))?.activations.map(({ outcome }) => outcome) ?? [];
    const number = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    const granted = number("committed", "found");
    const open = number("reserved", "unknown");
    const found = `Microsoft counts ${counted} for ${ending}, the ledger has ${outcomes.join(", ") || "nothing"}`;
    assert.ok(counted <= most, `spent twice: ${found}`);
    if (isForgotten) {
      assert.ok(granted <= counted && counted <= granted + open, `lost: ${found}`);
    } else if (chain.situation !== "offline" || chain.next !== "destroy" || outcomes.length > 0) {
      assert.equal(granted, counted, found);
      assert.equal(open, 0, found);
    }
  }
  checkMachine(chain, seen);
}

/** An orphaned provider may make a machine a host again after it was destroyed; the ledger then has what that spent. */
function checkMachine(chain: Chain, { machine, remembered }: Seen): void {
  const { licenseStatus, partialProductKey } = machine;
  const ending = keyOf(chain).slice(-5);
  if (chain.next !== "destroy") {
    assert.deepEqual([licenseStatus, partialProductKey], [1, ending]);
  } else if (remembered && chain.victim !== "engine") {
    assert.notEqual(partialProductKey, ending, "the machine is still a host");
  }
}
