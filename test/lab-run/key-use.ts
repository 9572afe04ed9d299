import { keyEnding, keyFingerprint } from "../../provider/catalog/product-key";
import type { HostUsage } from "../../provider/lab/windows/activation-service";
import { labProductKey } from "../../provider/lab/windows/product-keys";
import type { LedgerStore } from "../../provider/ledger/store";
import { remaining } from "../../provider/ledger/document";
import type { LabExample } from "./lab-example";
import { LabRunError } from "./lab-run-error";

/** KMS hosts of a key and their activations. */
interface Spent {
  hosts: number;
  activations: number;
}

/** What is spent of one KMS host key. */
export interface KeyUse {
  keyGroup: string;
  /** Last five characters of the key. */
  ending: string;
  /** Hosts that the key may activate. */
  hostLimit: number;
  /** As the ledger counts. */
  ledger: Spent & {
    /** Hosts among them that are none any more. */
    retired: number;
  };
  /** As the simulated activation service of Microsoft counts. */
  microsoft: Spent;
}

/** Where the two counts are read. */
export interface KeyUseSources {
  ledger: Pick<LedgerStore, "read">;
  /** What Microsoft has counted for the key with this ending. */
  activations: (keyEnding: string) => Promise<HostUsage[]>;
}

/** Reads what is spent of each KMS host key of the example that was used. */
export async function keyUse(example: LabExample, sources: KeyUseSources): Promise<KeyUse[]> {
  const keyGroups = Object.values(example.secrets).flatMap((source) =>
    "labKey" in source ? [source.labKey] : [],
  );
  const uses = await Promise.all(keyGroups.map((keyGroup) => useOf(keyGroup, sources)));
  return uses.filter((use) => use !== undefined);
}

async function useOf(keyGroup: string, sources: KeyUseSources): Promise<KeyUse | undefined> {
  const productKey = labProductKey(keyGroup);
  const ending = keyEnding(productKey);
  const [stored, counted] = await Promise.all([
    sources.ledger.read(keyFingerprint(productKey)),
    sources.activations(ending),
  ]);
  if (stored === undefined) {
    return undefined;
  }
  const { hostLimit, hostsSpent, hosts } = remaining(stored.document);
  return {
    keyGroup,
    ending,
    hostLimit,
    ledger: {
      hosts: hostsSpent,
      activations: sum(hosts.map(({ activationsSpent }) => activationsSpent)),
      retired: hosts.filter(({ retired }) => retired).length,
    },
    microsoft: { hosts: counted.length, activations: sum(counted.map(({ activations }) => activations)) },
  };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** What is spent in words, one key in a line. */
export function describeKeyUse(uses: KeyUse[]): string[] {
  return uses.map(({ keyGroup, ending, hostLimit, ledger }) => {
    const retired = ledger.retired === 0 ? "" : ` (${ledger.retired} retired)`;
    return `key ${ending}, ${keyGroup}: ${ledger.hosts} of ${hostLimit} hosts spent${retired}, with ${ledger.activations} activations`;
  });
}

/** @throws LabRunError KMS7081 when the ledger and Microsoft count differently */
export function expectTrueLedger(uses: KeyUse[]): void {
  for (const { ending, ledger, microsoft } of uses) {
    if (ledger.hosts !== microsoft.hosts || ledger.activations !== microsoft.activations) {
      throw new LabRunError("KMS7081", {
        values: {
          ending,
          hosts: ledger.hosts,
          activations: ledger.activations,
          countedHosts: microsoft.hosts,
          countedActivations: microsoft.activations,
        },
      });
    }
  }
}
