import assert from "node:assert/strict";
import { kmsLedgerShared } from "../../../provider/policy/policies/kms-ledger-shared";
import { host, review } from "../resources";

const shared = { sharedBackend: true };
const azure = "azblob://ledger?storage_account=kmsledger";

describe("policy kms-ledger-shared", () => {
  it("refuses a local ledger of a stack that others can update", () => {
    assert.deepEqual(review(kmsLedgerShared, [host("kms")], {}, shared), [
      "kms: KMS8009 ledger: the ledger file://./kms-ledger is a local folder, but others can update the stack from " +
        "elsewhere and would count anew. Set ledger of the KMSHost, or PULUMI_WINDOWS_KMS_LEDGER, to " +
        "azblob://CONTAINER?storage_account=NAME; where nobody shares the stack, set sharedBackend: false for the policy.",
    ]);
    assert.equal(review(kmsLedgerShared, [host("kms", { ledger: "file:///kms" })], {}, shared).length, 1);
  });

  it("says nothing of a shared ledger, given by the host or by the environment", () => {
    assert.deepEqual(review(kmsLedgerShared, [host("kms", { ledger: azure })], {}, shared), []);
    assert.deepEqual(review(kmsLedgerShared, [host("kms")], {}, { ...shared, defaultLedger: azure }), []);
  });

  it("says nothing of a stack that one machine has for itself, unless it is told otherwise", () => {
    assert.deepEqual(review(kmsLedgerShared, [host("kms")]), []);
    assert.equal(review(kmsLedgerShared, [host("kms")], shared).length, 1);
    assert.deepEqual(review(kmsLedgerShared, [host("kms")], { sharedBackend: false }, shared), []);
  });

  it("waits for a ledger that is not known yet", () => {
    const unknown = host("kms", {}, { unknownPaths: ["ledger"] });
    assert.deepEqual(review(kmsLedgerShared, [unknown], {}, shared), []);
  });
});
