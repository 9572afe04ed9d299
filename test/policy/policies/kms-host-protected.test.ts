import assert from "node:assert/strict";
import { kmsHostProtected } from "../../../provider/policy/policies/kms-host-protected";
import { declared, host, review } from "../resources";

const machineType = "azure-native:compute:VirtualMachine";
const kms = host("kms");
const made = (protect: boolean) => declared(machineType, "kms-vm", {}, { parent: kms.urn, protect });
const own = (protect: boolean) => declared(machineType, "own", {}, { protect });
const activation = declared(
  "pulumi-nodejs:dynamic/kms:HostActivation",
  "kms-activation",
  {},
  { parent: kms.urn, dependencies: { azureVmId: [own(false).urn] } },
);

describe("policy kms-host-protected", () => {
  it("refuses a machine without protection that a KMSHost made", () => {
    assert.deepEqual(review(kmsHostProtected, [kms, made(false)]), [
      "kms-vm: KMS8010 the virtual machine kms-vm of the KMSHost kms can be deleted by mistake, and a new one spends " +
        "another activation of the key. Give it the option protect: true (of the KMSHost, where that makes the " +
        "machine), or name the host in exemptHosts of the policy.",
    ]);
    assert.deepEqual(review(kmsHostProtected, [kms, made(true)]), []);
  });

  it("refuses one that a KMSHost took over", () => {
    const found = review(kmsHostProtected, [own(false), kms, activation]);
    assert.deepEqual(
      found.map((text) => text.slice(0, 58)),
      ["own: KMS8010 the virtual machine own of the KMSHost kms ca"],
    );
    assert.deepEqual(review(kmsHostProtected, [own(true), kms, activation]), []);
  });

  it("says nothing of other machines and of exempt hosts", () => {
    assert.deepEqual(review(kmsHostProtected, [kms, own(false)]), []);
    assert.deepEqual(review(kmsHostProtected, [kms, made(false)], { exemptHosts: ["kms"] }), []);
  });
});
