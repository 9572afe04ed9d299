import assert from "node:assert/strict";
import { movableClock } from "../../../provider/lab/windows/clock";
import { observeClientPlan } from "../../../provider/group/plan";
import { boot, bootClients, bootHost, machineId, server2022, testLab } from "./test-lab";

describe("fleet of simulated machines", () => {
  it("boots, stops, starts and removes machines", () => {
    const { fleet, ...lab } = testLab();
    const id = boot({ fleet, ...lab }, "web1");
    assert.deepEqual([fleet.has(id), fleet.isRunning(id)], [true, true]);
    fleet.stop(id);
    assert.deepEqual([fleet.has(id), fleet.isRunning(id)], [true, false]);
    fleet.start(id);
    assert.equal(fleet.isRunning(id), true);
    fleet.remove(id);
    assert.deepEqual([fleet.has(id), fleet.isRunning(id)], [false, false]);
  });

  it("runs no script on a machine that is stopped or absent, and boots no second one", () => {
    const lab = testLab();
    const id = boot(lab, "web1");
    assert.throws(() => boot(lab, "web1"), { code: "KMS7302" });
    assert.throws(() => boot(lab, "web2", { ...server2022, editionId: "ServerStandard" }), {
      code: "KMS7304",
    });
    assert.equal(lab.fleet.has(machineId("web2")), false);
    lab.fleet.stop(id);
    assert.throws(() => lab.fleet.runLicensingPlan(id, observeClientPlan(), {}), { code: "KMS7303" });
    assert.throws(() => lab.fleet.runLicensingPlan("/vms/none", observeClientPlan(), {}), {
      code: "KMS7301",
    });
    assert.throws(() => lab.fleet.snapshot("/vms/none"), { code: "KMS7301" });
  });

  it("gives each machine a UUID and a client machine ID of its own, and a new one when it is made anew", () => {
    const lab = testLab();
    const ids = ["a", "b", "c"].map((name) => lab.fleet.snapshot(boot(lab, name)));
    lab.fleet.remove(machineId("a"));
    const again = lab.fleet.snapshot(boot(lab, "a"));
    const uuids = [...ids, again].flatMap(({ uuid, clientMachineId }) => [uuid, clientMachineId]);
    assert.equal(new Set(uuids).size, 8);
    uuids.forEach((uuid) =>
      assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    );
  });

  it("takes the same way with the same random numbers", () => {
    const snapshots = () => {
      const lab = testLab();
      bootHost(lab, "kms1");
      bootHost(lab, "kms2");
      bootClients(lab, 8);
      return lab.fleet.snapshots();
    };
    assert.deepEqual(snapshots(), snapshots());
  });

  it("shows what an image came with", () => {
    const lab = testLab();
    const channelOf = (name: string, channel?: "Retail" | "Retail:TB:Eval") => {
      const spec = { ...server2022, setupKey: undefined, channel };
      const { productKeyChannel, licenseStatus } = lab.fleet.snapshot(boot(lab, name, spec));
      return [productKeyChannel, licenseStatus];
    };
    assert.deepEqual(channelOf("retail", "Retail"), ["Retail", 1]);
    assert.deepEqual(channelOf("eval", "Retail:TB:Eval"), ["Retail:TB:Eval", 1]);
    assert.deepEqual(channelOf("bare"), ["", 0]);
  });

  it("lets a machine that was off renew as soon as it runs again", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    const id = bootClients(lab, 5)[4];
    lab.fleet.stop(id);
    lab.clock.advance(20 * 24 * 3_600_000);
    assert.equal(lab.fleet.snapshot(id).minutesLeft, 160 * 1440);
    lab.fleet.start(id);
    assert.equal(lab.fleet.snapshot(id).minutesLeft, 180 * 1440);
  });
});

describe("clock of the lab", () => {
  it("runs with its base and is moved forward only", () => {
    let base = 1000;
    const clock = movableClock(() => base);
    clock.advance(500);
    base += 10;
    assert.equal(clock.now(), 1510);
    assert.throws(() => clock.advance(-1), RangeError);
    assert.throws(() => clock.advance(Number.NaN), RangeError);
  });
});
