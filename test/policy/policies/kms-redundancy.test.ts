import assert from "node:assert/strict";
import { limits } from "../../../provider/catalog/limits";
import { kmsRedundancy } from "../../../provider/policy/policies/kms-redundancy";
import { group, host, review } from "../resources";

const [first, second] = [host("kms1"), host("kms2")];
const ids = (count: number) => Array.from({ length: count }, (_, index) => `/vm/${index}`);

describe("policy kms-redundancy", () => {
  it("wants a second host for more than 50 clients (R107), over all groups", () => {
    const { redundancyClients } = limits;
    const web = group("web", [first], { vms: { count: 30 } });
    const of = (count: number) =>
      review(kmsRedundancy, [first, web, group("db", [first], { azureVmIds: ids(count) })]);
    assert.deepEqual(of(redundancyClients - 30), []);
    assert.deepEqual(of(redundancyClients - 29), [
      "kms1: KMS8004 51 clients depend on this KMS host and fewer than 2 hosts in all; more than 50 need 2. " +
        "Add a KMSHost with the same key, and name it in hosts of the client groups.",
    ]);
  });

  it("says nothing of groups with two hosts", () => {
    const web = group("web", [first, second], { vms: { count: 500 } });
    assert.deepEqual(review(kmsRedundancy, [first, second, web]), []);
  });

  it("wants as many hosts as it is told, for as many clients", () => {
    const web = group("web", [first, second], { vms: { count: 500 } });
    const found = review(kmsRedundancy, [first, second, web], { hosts: 3, clients: 499 });
    assert.deepEqual(
      found.map((text) => text.slice(0, 24)),
      ["kms1: KMS8004 500 client", "kms2: KMS8004 500 client"],
    );
    assert.deepEqual(review(kmsRedundancy, [first, second, web], { hosts: 3, clients: 500 }), []);
  });

  it("counts machines over SSH, and leaves out those that Azure activates", () => {
    const ssh = Array.from({ length: 51 }, (_, index) => ({ host: `web${index}` }));
    assert.equal(review(kmsRedundancy, [first, group("web", [first], { ssh })]).length, 1);
    const byAzure = group("web", [first], { vms: { count: 51 }, azureKms: true });
    assert.deepEqual(review(kmsRedundancy, [first, byAzure]), []);
  });
});
