import assert from "node:assert/strict";
import { programIndex } from "../../provider/rules/program-index";
import { sameMachineDiagnostics } from "../../provider/rules/machines";
import { countPath } from "../../provider/rules/thresholds";
import { sshHostDiagnostics } from "../../provider/rules/machines";

const subscriptionId = "00000000-1ab0-4000-8000-000000000001";
const codes = (values: Record<string, unknown>, unknown: string[] = []) =>
  sshHostDiagnostics(values, new Set(unknown)).map(({ code, property }) => `${code} ${property}`);

describe("rules/ssh-host", () => {
  const ssh = { host: "kms1" };

  it("asks for the subscription of a zone, which no Azure machine tells", () => {
    assert.deepEqual(codes({ ssh, srvRecords: [{ privateZone: {} }] }), [
      "KMS3281 srvRecords[0].privateZone.subscriptionId",
    ]);
    assert.deepEqual(codes({ ssh, srvRecords: [{ privateZone: { subscriptionId } }] }), []);
    const unknown = ["srvRecords[0].privateZone.subscriptionId"];
    assert.deepEqual(codes({ ssh, srvRecords: [{ privateZone: {} }] }, unknown), []);
    assert.deepEqual(codes({ azureVmId: "/x", srvRecords: [{ privateZone: {} }] }), []);
  });

  it("refuses an address record for an address that is not known", () => {
    const record = { privateZone: { subscriptionId } };
    assert.deepEqual(codes({ ssh, srvRecords: [record, { ...record, addressRecord: true }] }), [
      "KMS3282 srvRecords[1].addressRecord",
    ]);
    assert.deepEqual(codes({ ssh, srvRecords: [{ ...record, addressRecord: false }] }), []);
  });
});

describe("rules on members over SSH", () => {
  const web = { name: "web", hosts: ["kms"], sshServers: ["pc1", "pc2:2222"] };

  it("let a machine belong to one group, once", () => {
    const again = { name: "db", hosts: ["kms"], sshServers: ["PC2:2222", "pc3", "pc3"] };
    const index = programIndex({ hosts: [], groups: [web, again] });
    assert.deepEqual(
      sameMachineDiagnostics(again, index).map(({ code, property }) => `${code} ${property}`),
      ["KMS2217 ssh[0].host", "KMS2217 ssh[2].host"],
    );
    assert.deepEqual(sameMachineDiagnostics(web, index), []);
  });

  it("name the list of machines where the count is too low", () => {
    assert.equal(countPath(web), "ssh");
    assert.equal(countPath({ name: "web", hosts: [], azureVmIds: [] }), "azureVmIds");
    assert.equal(countPath({ name: "web", hosts: [] }), "vms.count");
  });
});
