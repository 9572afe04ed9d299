import assert from "node:assert/strict";
import { kmsHostSupport } from "../../../provider/policy/policies/kms-host-support";
import { host, review } from "../resources";

describe("policy kms-host-support", () => {
  const hosts = [host("kms")];

  it("refuses an operating system from the day after its support (A-01)", () => {
    assert.deepEqual(review(kmsHostSupport, hosts, {}, { today: "2031-10-14" }), []);
    assert.deepEqual(review(kmsHostSupport, hosts, {}, { today: "2031-10-15" }), [
      "kms: KMS8005 os: Windows Server 2022 has support until 2031-10-14, and a KMS host needs it until 2031-10-15. " +
        "Move the host to a newer Windows Server with a key group that it can host.",
    ]);
  });

  it("looks ahead as many days as it is told", () => {
    assert.deepEqual(review(kmsHostSupport, hosts, { daysLeft: 30 }, { today: "2031-09-14" }), []);
    assert.equal(review(kmsHostSupport, hosts, { daysLeft: 30 }, { today: "2031-09-15" }).length, 1);
  });

  it("says nothing of operating systems that are not known", () => {
    const today = "2040-01-01";
    const unknown = [host("kms", { os: undefined }), host("odd", { os: "Windows Server 2023" })];
    assert.deepEqual(review(kmsHostSupport, unknown, {}, { today }), []);
  });
});
