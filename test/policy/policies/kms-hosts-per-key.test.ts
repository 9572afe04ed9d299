import assert from "node:assert/strict";
import { limits } from "../../../provider/catalog/limits";
import { kmsHostsPerKey } from "../../../provider/policy/policies/kms-hosts-per-key";
import { host, review } from "../resources";

const hosts = (count: number, values: object = {}) =>
  Array.from({ length: count }, (_, index) => host(`kms${index + 1}`, values));

describe("policy kms-hosts-per-key", () => {
  it("refuses the seventh host of a key (R132) and names the six", () => {
    assert.deepEqual(review(kmsHostsPerKey, hosts(limits.hostsPerKey)), []);
    assert.deepEqual(review(kmsHostsPerKey, hosts(limits.hostsPerKey + 1)), [
      "kms7: KMS8003 productKey: this is KMS host number 7 with the key ending in N2W2K, which may have 6: " +
        "kms1, kms2, kms3, kms4, kms5, kms6. Use another key, or let these hosts serve the clients; an exception that " +
        "Microsoft granted is declared as hostLimitException: { hosts, reference }.",
    ]);
  });

  it("counts a key in another spelling as the same, and another key apart", () => {
    const other = host("other", { productKey: "NNNNN-22222-NNNNN-33333-NNNNN" });
    assert.deepEqual(review(kmsHostsPerKey, [...hosts(6), other]), []);
    const same = host("same", { productKey: " nkmsn-wsnhn-r2n2p-nbxtn-n2w2k" });
    assert.equal(review(kmsHostsPerKey, [...hosts(6), same]).length, 1);
  });

  it("keeps some in reserve when it is told", () => {
    const found = review(kmsHostsPerKey, hosts(4), { hostsPerKey: 2 });
    assert.deepEqual(
      found.map((text) => text.slice(0, 13)),
      ["kms3: KMS8003", "kms4: KMS8003"],
    );
  });

  it("takes Microsoft's exception (R134)", () => {
    const granted = { hostLimitException: { hosts: 8, reference: "case 1" } };
    assert.deepEqual(review(kmsHostsPerKey, [...hosts(7), host("last", granted)]), []);
    assert.equal(review(kmsHostsPerKey, [...hosts(8), host("last", granted)]).length, 1);
  });

  it("counts the key of an Office version as well, with an exception of its own", () => {
    const officeKey = { office: "LTSC 2024", productKey: "NNNNN-22222-NNNNN-33333-NNNNN" };
    const granted = { hostLimitException: { hosts: 7, reference: "case 1" } };
    const all = (count: number, change: object) =>
      hosts(count, { ...granted, officeKeys: [{ ...officeKey, ...change }] });
    assert.deepEqual(
      review(kmsHostsPerKey, all(7, {})).map((text) => text.slice(0, 38)),
      ["kms7: KMS8003 officeKeys[0].productKey"],
    );
    assert.deepEqual(review(kmsHostsPerKey, all(7, granted)), []);
  });

  it("says nothing of keys that are not known yet", () => {
    const unknown = hosts(9, { productKey: undefined });
    assert.deepEqual(review(kmsHostsPerKey, unknown), []);
  });
});
