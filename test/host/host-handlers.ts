import { keyFingerprint } from "../../provider/catalog/product-key";
import { create, diff, update } from "../../provider/handlers";
import type { ManagedHostOutputs } from "../../provider/host/state";
import { openLedger } from "../../provider/ledger/open-ledger";
import { hostInputs, hostKey } from "../faults/host-fixture";
import { muted } from "../faults/muted";

/** What the engine asks of the handlers of one KMS host whose key has its ledger at `url`. */
export function hostHandlers(url: () => string) {
  const inputs = (changes: object) => ({ ...hostInputs, ledger: url(), ...changes });
  return {
    /** The host's inputs with these in place of their own. */
    inputs,
    createHost: (changes: object = {}) => muted(() => create(inputs(changes) as never)),
    diffHost: (olds: ManagedHostOutputs, changes: object) =>
      muted(() => diff("id", olds as never, inputs(changes) as never)),
    updateHost: async (id: string, olds: object, changes: object) =>
      (await muted(() => update(id, olds as never, inputs(changes) as never))).outs as ManagedHostOutputs,
    /** What the ledger has of the key. */
    document: async (key = hostKey) => (await openLedger(url()).read(keyFingerprint(key)))?.document,
  };
}
