import assert from "node:assert/strict";
import { bootHost, pseudoRandom, testLab, windows10 } from "../lab/windows/test-lab";
import { clientVisit, tally, testFleet, visitFleet } from "./rollout-fixture";

describe("two hosts", () => {
  for (const size of [50, 51, 65]) {
    it(`found by DNS activate ${size} clients as far as their counts allow`, async () => {
      const lab = testLab(pseudoRandom(size));
      const hosts = [bootHost(lab, "kms1"), bootHost(lab, "kms2")];
      const { states, activationRequests } = await visitFleet(testFleet(lab, size, windows10), clientVisit);
      const counts = hosts.map((host) => lab.fleet.snapshot(host).currentCount ?? 0);
      assert.ok(Math.max(...counts) >= 25);
      assert.deepEqual(tally(states), { Licensed: size });
      assert.ok(activationRequests >= size + 24, `${activationRequests} requests`);
      assert.ok(activationRequests <= size + 3 * 24, `${activationRequests} requests`);
    });

    it(`that ${size} clients are pinned to evenly both pass the threshold, with n + 2 (t - 1) requests`, async () => {
      const lab = testLab();
      const hosts = [bootHost(lab, "kms1"), bootHost(lab, "kms2")];
      const fleet = testFleet(lab, size, windows10);
      const pins = new Map(
        fleet.members.map(({ azureVmId }, index) => [
          azureVmId,
          { name: `kms${(index % 2) + 1}.corp.example`, port: 1688 },
        ]),
      );
      const { states, activationRequests } = await visitFleet(fleet, {
        ...clientVisit,
        desired: { ...clientVisit.desired, discovery: "host" },
        pins,
      });
      assert.deepEqual(tally(states), { Licensed: size });
      assert.equal(activationRequests, size + 2 * 24);
      assert.deepEqual(
        hosts.map((host) => lab.fleet.snapshot(host).currentCount),
        [Math.ceil(size / 2), Math.floor(size / 2)],
      );
    });
  }

  it("leave those pending that are pinned to the one below its threshold", async () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    bootHost(lab, "kms2");
    const fleet = testFleet(lab, 30, windows10);
    const pins = new Map(
      fleet.members.map(({ azureVmId }, index) => [
        azureVmId,
        { name: `kms${index < 26 ? 1 : 2}.corp.example`, port: 1688 },
      ]),
    );
    const { states, activationRequests } = await visitFleet(fleet, {
      ...clientVisit,
      desired: { ...clientVisit.desired, discovery: "host" },
      pins,
    });
    assert.deepEqual(tally(states), { Licensed: 26, Pending: 4 });
    assert.equal(activationRequests, 26 + 24 + 4);
  });
});
