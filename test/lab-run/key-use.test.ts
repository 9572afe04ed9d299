import assert from "node:assert/strict";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { labProductKey } from "../../provider/lab/windows/product-keys";
import { emptyLedger, type LedgerDocument } from "../../provider/ledger/document";
import { describeKeyUse, expectTrueLedger, keyUse, type KeyUseSources } from "./key-use";

const keyGroup = "Volume License for Windows Server 2022";
const fingerprint = keyFingerprint(labProductKey(keyGroup));
const example = {
  config: {},
  secrets: {
    used: { labKey: keyGroup },
    unused: { labKey: "Volume License for Windows Server 2025" },
    password: { generate: "password" as const },
  },
};
const activation = { number: 1, at: "2026-11-25T10:00:00Z", outcome: "committed" as const };
const host = (machineId: string) => ({
  machineId,
  computerName: machineId,
  stack: "organization/team/lab",
  resource: "kms",
  activations: [activation],
});

function sources(hosts: LedgerDocument["hosts"], counted: number): KeyUseSources {
  const document = { ...emptyLedger({ keyFingerprint: fingerprint, keyEnding: "N2W2K", keyGroup }), hosts };
  return {
    ledger: {
      read: async (asked) => (asked === fingerprint ? { document, etag: "1" } : undefined),
    },
    activations: async () =>
      Array.from({ length: counted }, (_, index) => ({ machineId: `m${index}`, activations: 1 })),
  };
}

describe("what is spent of a key", () => {
  it("is what ledger and activation service count; an unused key and a password are left out", async () => {
    const retired = { ...host("b"), retiredAt: "2026-11-25T11:00:00Z" };
    const uses = await keyUse(example, sources([host("a"), retired], 2));
    assert.deepEqual(uses, [
      {
        keyGroup,
        ending: "N2W2K",
        hostLimit: 6,
        ledger: { hosts: 2, activations: 2, retired: 1 },
        microsoft: { hosts: 2, activations: 2 },
      },
    ]);
    assert.deepEqual(describeKeyUse(uses), [
      `key N2W2K, ${keyGroup}: 2 of 6 hosts spent (1 retired), with 2 activations`,
    ]);
    expectTrueLedger(uses);
  });

  it("fails when they disagree", async () => {
    const uses = await keyUse(example, sources([host("a")], 2));
    assert.throws(() => expectTrueLedger(uses), {
      code: "KMS7081",
      message: /N2W2K the ledger counts 1 hosts and 1 activations, and the activation service 2 and 2/,
    });
  });
});
