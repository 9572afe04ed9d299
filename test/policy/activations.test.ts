import assert from "node:assert/strict";
import { isSharedBackend } from "../../provider/component/backend";
import { kmsHostProtected, kmsLedgerShared } from "../../provider/policy/activations";
import { child, declared, host, readOnlyHost, review } from "./resources";

describe("policy kms-host-protected", () => {
  const machineType = "azure-native:compute:VirtualMachine";
  const kms = host("kms");
  const made = (protect: boolean) => declared(machineType, "kms-vm", {}, { parent: kms.urn, protect });
  const own = (protect: boolean) => declared(machineType, "own", {}, { protect });
  const activationOf = (parent: string) =>
    child("HostActivation", "kms-activation", {}, { parent, dependencies: { azureVmId: [own(false).urn] } });
  const activation = activationOf(kms.urn);

  it("refuses a machine without protection that a KMSHost made", () => {
    assert.deepEqual(review(kmsHostProtected, [kms, made(false)]), [
      "kms-vm: KMS8010 the virtual machine kms-vm of the KMSHost kms can be deleted by mistake, and a new one spends " +
        "another activation of the key. Give it the option protect: true (on the KMSHost, if that creates the " +
        "machine), or add the host to exemptHosts of the policy.",
    ]);
    assert.deepEqual(review(kmsHostProtected, [kms, made(true)]), []);
  });

  it("refuses one that a KMSHost took over, in a program of any language", () => {
    for (const resource of [activation, { ...activation, type: "windows-kms:index:HostActivation" }]) {
      const found = review(kmsHostProtected, [own(false), kms, resource]);
      assert.deepEqual(
        found.map((text) => text.slice(0, 58)),
        ["own: KMS8010 the virtual machine own of the KMSHost kms ca"],
      );
    }
    assert.deepEqual(review(kmsHostProtected, [own(true), kms, activation]), []);
  });

  it("says nothing of other machines, of exempt hosts and of hosts that somebody else manages", () => {
    assert.deepEqual(review(kmsHostProtected, [kms, own(false)]), []);
    assert.deepEqual(review(kmsHostProtected, [kms, made(false)], { exemptHosts: ["kms"] }), []);
    const central = readOnlyHost("central");
    assert.deepEqual(review(kmsHostProtected, [own(false), central, activationOf(central.urn)]), []);
  });
});

describe("policy kms-ledger-shared", () => {
  const shared = { isSharedBackend: () => true };
  const local = "file://./kms-ledger";
  const azure = "azblob://ledger?storage_account=kmsledger";
  const activation = (ledger: string | undefined, stack = "acme/corp/prod", unknown: string[] = []) =>
    child("HostActivation", "kms-activation", { name: "kms", ledger, stack }, { unknown });

  it("refuses a local ledger of a stack that others can update", () => {
    assert.deepEqual(review(kmsLedgerShared, [activation(local)], {}, shared), [
      "kms-activation: KMS8009 ledger: the ledger file://./kms-ledger is a local folder, but others can update the " +
        "stack from elsewhere, and each of them would count separately. Set ledger of the key, or the stack " +
        "configuration windows-kms:ledger, to azblob://CONTAINER?storage_account=NAME; if nobody shares the stack, " +
        "set sharedBackend: false for the policy.",
    ]);
    assert.equal(review(kmsLedgerShared, [activation("file:///kms")], {}, shared).length, 1);
  });

  it("says nothing of a shared ledger, and of a host that somebody else manages", () => {
    assert.deepEqual(review(kmsLedgerShared, [activation(azure)], {}, shared), []);
    assert.deepEqual(review(kmsLedgerShared, [activation(undefined)], {}, shared), []);
  });

  it("says nothing of a stack that one machine has for itself, unless it is told otherwise", () => {
    assert.deepEqual(review(kmsLedgerShared, [activation(local)]), []);
    assert.equal(review(kmsLedgerShared, [activation(local)], { sharedBackend: true }).length, 1);
    assert.deepEqual(review(kmsLedgerShared, [activation(local)], { sharedBackend: false }, shared), []);
  });

  it("takes the organization of the stack for a sign of a shared backend", () => {
    const context = { isSharedBackend: (organization: string) => isSharedBackend(organization, {}) };
    assert.equal(review(kmsLedgerShared, [activation(local)], {}, context).length, 1);
    const alone = activation(local, "organization/corp/prod");
    assert.deepEqual(review(kmsLedgerShared, [alone], {}, context), []);
  });

  it("waits for a ledger that is not known yet", () => {
    const unknown = activation(undefined, "acme/corp/prod", ["ledger"]);
    assert.deepEqual(review(kmsLedgerShared, [unknown], {}, shared), []);
  });
});
