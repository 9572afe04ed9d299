import assert from "node:assert/strict";
import { movableClock } from "../../../provider/lab/windows/clock";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";
import { groupPath, idOf } from "../arm/arm-names";

/** Microsoft's public KMS client setup key of Windows Server 2022 Datacenter. */
const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

describe("lab/arm control calls", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm({ clock: movableClock(() => Date.UTC(2026, 0, 1)) });
  });
  afterEach(() => arm.close());

  it("lists resources and counts requests by method and type", async () => {
    await createNetwork(arm);
    assert.deepEqual((await arm.control.resources()).sort(), [
      groupPath("rg"),
      idOf("Microsoft.Network/virtualNetworks/vnet"),
      idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts"),
    ]);
    const counts = await arm.control.requests();
    const of = (method: string, type: string) =>
      counts.find((entry) => entry.method === method && entry.type === type)?.count;
    assert.equal(of("PUT", "Microsoft.Resources/resourceGroups"), 1);
    assert.equal(of("PUT", "Microsoft.Network/virtualNetworks"), 1);
    assert.ok(of("GET", "operations")! >= 1);
    await arm.control.resetRequests();
    assert.deepEqual(await arm.control.requests(), []);
  });

  it("moves the clock", async () => {
    await arm.control.advanceClock(90);
    assert.equal((await arm.control.now()).toISOString(), "2026-01-01T01:30:00.000Z");
    await assert.rejects(arm.control.advanceClock(-1), { code: "KMS7102" });
  });

  it("stops, starts and changes machines by name or ID", async () => {
    const id = await createMachine(arm, "kms", await createNetwork(arm));
    await arm.control.stopMachine("KMS");
    assert.equal((await arm.control.machines())[0]?.running, false);
    await arm.control.startMachine(id);
    assert.equal((await arm.control.machines())[0]?.running, true);
    await arm.control.installKeyByHand("kms", setupKey);
    assert.equal((await arm.control.machines())[0]?.partialProductKey, "6VM33");
  });

  it("refuses unknown machines, keys and calls", async () => {
    await createMachine(arm, "kms", await createNetwork(arm));
    await assert.rejects(arm.control.stopMachine("web"), { code: "KMS7102" });
    await assert.rejects(
      arm.control.installKeyByHand("kms", "NNNNN-NNNNN-NNNNN-NNNNN-NNNNN"),
      (error: Error) => {
        assert.match(error.message, /KMS7102/);
        assert.doesNotMatch(error.message, /NNNNN-NNNNN/);
        return true;
      },
    );
    assert.equal((await fetch(`${arm.endpoint}/lab/nothing`)).status, 404);
  });

  it("closes on shutdown", async () => {
    const stopped = new Promise<void>((resolve) => {
      void startArm({ onShutdown: resolve }).then(async (other) => {
        await other.control.shutdown();
        await other.close();
      });
    });
    await stopped;
  });
});
