import assert from "node:assert/strict";
import { Discovery, RecordPublisher } from "../../provider/catalog/constants";
import { validate } from "../../provider/component/validate";
import {
  boot,
  bootHost,
  ensureClient,
  group2022,
  hostKey,
  pseudoRandom,
  setupKeys,
  testLab,
  windows10,
} from "../lab/windows/test-lab";
import { story } from "../story";

const sizes = [50, 51, 65];
const fleets = 200;

const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;

/** Codes that a preview reports about a group of Windows clients on two hosts. */
function predicted(count: number, discovery: Discovery): string[] {
  const hostArgs = (name: string) => ({
    key: { keyGroup: group2022, productKey: hostKey(group2022) },
    os: "Windows Server 2022",
    machine: { azureVmId: vmId(name) },
    zones: [{ zoneName: "corp.example", publishedBy: RecordPublisher.Windows }],
  });
  const group = {
    hosts: ["kms1", "kms2"],
    os: "Windows 10",
    edition: "Enterprise",
    discovery,
    machines: { azureVmIds: Array.from({ length: count }, (_, index) => vmId(`pc${index}`)) },
  };
  return validate({ hosts: { kms1: hostArgs("kms1"), kms2: hostArgs("kms2") }, groups: { pc: group } })
    .filter(({ code }) => /^KMS221\d$/.test(code))
    .map(({ code }) => code);
}

/** By number of clients, the share of fleets in which both hosts count 25 once each client asked the one that DNS gave it. */
const sharesOfBothReached = story().step("ask as clients of two hosts", async () => {
  const reached = new Map(sizes.map((size) => [size, 0]));
  for (let seed = 1; seed <= fleets; seed += 1) {
    const lab = testLab(pseudoRandom(seed * 7_919));
    const hosts = [bootHost(lab, "kms1"), bootHost(lab, "kms2")];
    // The clients of a small fleet are the first ones of a large one.
    for (let client = 1; client <= Math.max(...sizes); client += 1) {
      ensureClient(lab, boot(lab, `pc${client}`, windows10), setupKeys.windows10Enterprise);
      const before = reached.get(client);
      if (before !== undefined && hosts.every((host) => lab.fleet.snapshot(host).currentCount! >= 25)) {
        reached.set(client, before + 1);
      }
    }
  }
  return new Map([...reached].map(([size, count]) => [size, count / fleets]));
});

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

describe("what a preview reports about two hosts, and what the lab does", function () {
  this.timeout(30_000);

  for (const size of sizes) {
    it(`${size} clients by DNS: both reach 25 as often as the odds say`, async () => {
      const share = (await sharesOfBothReached()).get(size)!;
      assert.ok(Math.abs(share - exactOdds(size)) < 0.1, `${share} instead of ${exactOdds(size)}`);
      assert.deepEqual(predicted(size, Discovery.Dns), share >= 0.9 ? [] : ["KMS2213"]);
    });

    it(`${size} clients that are pinned: no warning, since both reach 25`, () => {
      assert.deepEqual(predicted(size, Discovery.FixedHost), []);
    });
  }

  it("the sizes that the preview names are the first with odds of 95 %", () => {
    assert.ok(exactOdds(65) >= 0.95);
    assert.ok(exactOdds(64) < 0.95);
  });

  it("49 clients can't reach 25 on both, by DNS", () => {
    assert.deepEqual(predicted(49, Discovery.Dns), ["KMS2212"]);
    assert.equal(exactOdds(49), 0);
  });
});
