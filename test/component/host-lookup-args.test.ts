import assert from "node:assert/strict";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { lookupFacts, lookupReview } from "../../provider/host/facts";
import { programIndex } from "../../provider/rules/program-index";
import { kmsHostLookupArgs } from "../../provider/validators.generated";

const host = { keyGroup: "Volume License for Windows Server 2022", os: "Windows Server 2022" };
const azureVmId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/kms";

const known = (changes: object, ...unknownPaths: string[]) => ({
  values: { ...host, ...changes },
  unknownPaths: new Set(unknownPaths),
});
const shape = (changes: object) =>
  argumentDiagnostics(kmsHostLookupArgs, known(changes)).map(({ code, property }) => `${code} ${property}`);
const review = (changes: object, ...unknownPaths: string[]) => {
  const part = known(changes, ...unknownPaths);
  return lookupReview(lookupFacts("kms", part), part, programIndex()).map(
    ({ code, property, severity }) => `${code} ${severity} ${property}`,
  );
};

describe("arguments of KMSHost.get", () => {
  for (const fqdn of ["kms.corp.example", "kms01", "10.20.1.4", "fd00::4"]) {
    it(`take the name ${fqdn}`, () => {
      assert.deepEqual(shape({ fqdn }), []);
    });
  }

  for (const fqdn of ["", "kms_1.corp.example", "10.20.1.256", "::::", "kms.corp.example."]) {
    it(`refuse the name "${fqdn}"`, () => {
      assert.deepEqual(shape({ fqdn }), ["KMS1003 fqdn"]);
    });
  }

  it("refuse what belongs to a host that is made", () => {
    assert.deepEqual(shape({ fqdn: "kms.corp.example", productKey: "x" }), ["KMS1001 productKey"]);
    assert.deepEqual(shape({ fqdn: "kms.corp.example", port: 65536 }), ["KMS1003 port"]);
    assert.deepEqual(shape({ fqdn: "kms.corp.example", zoneNames: ["corp"] }), ["KMS1003 zoneNames[0]"]);
  });

  it("name at least one of machine and name, and no two machines", () => {
    const ssh = { host: "kms", user: "admin" };
    assert.deepEqual(review({}), ["KMS1004 error "]);
    assert.deepEqual(review({ azureVmId, ssh }), ["KMS1005 error ssh"]);
    assert.deepEqual(review({ azureVmId, fqdn: "kms.corp.example" }), []);
    assert.deepEqual(review({ fqdn: "kms.corp.example" }), []);
    assert.deepEqual(review({}, "azureVmId"), []);
    assert.deepEqual(review({}, "fqdn"), []);
  });

  it("take the Office versions that the host has a key for, each once and where the system can carry it", () => {
    const fqdn = "kms.corp.example";
    assert.deepEqual(shape({ fqdn, officeVersions: ["LTSC 2024", ""] }), ["KMS1003 officeVersions[1]"]);
    assert.deepEqual(review({ fqdn, officeVersions: ["LTSC 2024", "Office 2019"] }), []);
    assert.deepEqual(review({ fqdn, officeVersions: ["LTSC 2024", "Office LTSC 2024", "2007"] }), [
      "KMS2110 error officeVersions[1]",
      "KMS2237 error officeVersions[2]",
    ]);
    const old = { keyGroup: "Volume License for Windows Server 2019", os: "Windows Server 2019" };
    assert.deepEqual(review({ fqdn, ...old, officeVersions: ["LTSC 2024"] }), [
      "KMS2238 error officeVersions[0]",
    ]);
  });

  it("are refused for a group that the system cannot host, an unknown group and an unknown system", () => {
    const fqdn = "kms.corp.example";
    assert.deepEqual(review({ fqdn, os: "Windows Server 2025" }), ["KMS2004 error keyGroup"]);
    assert.deepEqual(review({ fqdn, keyGroup: "Windows 2022" }), ["KMS2001 error keyGroup"]);
    assert.deepEqual(review({ fqdn, os: "Windows Server 2023" }), ["KMS2002 error os"]);
  });
});
