import assert from "node:assert/strict";
import { validate } from "../../provider/rules/validate";
import {
  boot,
  bootHost,
  ensureClient,
  pseudoRandom,
  setupKeys,
  testLab,
  windows10,
} from "../lab/windows/test-lab";

const sizes = [50, 51, 65];
const fleets = 200;

/** Codes that a preview of so many Windows clients on two hosts gives the group. */
function predicted(count: number, discovery: "dns" | "host"): string[] {
  const shared = { keyGroup: "Volume License for Windows Server 2022", os: "Windows Server 2022" as const };
  const hosts = ["kms1", "kms2"].map((name) => ({
    ...shared,
    name,
    edition: "Datacenter" as const,
    srvRecords: [{ zoneName: "corp.example" }],
  }));
  const group = {
    name: "pc",
    hosts: ["kms1", "kms2"],
    os: "Windows 10" as const,
    edition: "Enterprise" as const,
  };
  return validate({ hosts, groups: [{ ...group, count, discovery }] })
    .filter(({ code }) => /^KMS221\d$/.test(code))
    .map(({ code }) => code);
}

/** The share of fleets in which both hosts count 25 machines once each client has asked the one that DNS gave it. */
function shareOfBothReached(size: number): number {
  let reached = 0;
  for (let seed = 1; seed <= fleets; seed += 1) {
    const lab = testLab(pseudoRandom(seed * 7_919));
    const hosts = [bootHost(lab, "kms1"), bootHost(lab, "kms2")];
    for (let client = 1; client <= size; client += 1) {
      ensureClient(lab, boot(lab, `pc${client}`, windows10), setupKeys.windows10Enterprise);
    }
    reached += hosts.every((host) => lab.fleet.snapshot(host).currentCount! >= 25) ? 1 : 0;
  }
  return reached / fleets;
}

/** The chance that two fair choices of so many clients leave at least 25 on each side. */
function exactOdds(size: number): number {
  let ways = 1;
  let odds = 0;
  for (let first = 0; first <= size; first += 1) {
    odds += first >= 25 && size - first >= 25 ? ways / 2 ** size : 0;
    ways = (ways * (size - first)) / (first + 1);
  }
  return odds;
}

describe("what a preview says of two hosts, and what the lab does", function () {
  this.timeout(30_000);

  for (const size of sizes) {
    it(`${size} clients by DNS: both reach 25 as often as the odds say`, () => {
      const share = shareOfBothReached(size);
      assert.ok(Math.abs(share - exactOdds(size)) < 0.1, `${share} instead of ${exactOdds(size)}`);
      assert.deepEqual(predicted(size, "dns"), share >= 0.9 ? [] : ["KMS2213"]);
    });

    it(`${size} clients that are pinned: no warning, since both reach 25`, () => {
      assert.deepEqual(predicted(size, "host"), []);
    });
  }

  it("the sizes that are told are the first with odds of 95 %", () => {
    assert.ok(exactOdds(65) >= 0.95);
    assert.ok(exactOdds(64) < 0.95);
  });

  it("49 clients can't reach 25 on both, by DNS", () => {
    assert.deepEqual(predicted(49, "dns"), ["KMS2212"]);
    assert.equal(exactOdds(49), 0);
  });
});
