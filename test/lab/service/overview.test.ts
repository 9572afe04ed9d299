import assert from "node:assert/strict";
import { labOverview, overviewText } from "../../../provider/lab/service/overview";
import { movableClock } from "../../../provider/lab/windows/clock";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";

describe("overview of a lab", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm({ clock: movableClock(() => Date.UTC(2026, 0, 1)) });
  });
  afterEach(() => arm.close());

  const overview = () =>
    labOverview({
      arm: arm.endpoint,
      azureNative: 4712,
      pid: 4713,
      id: "id",
      startedAt: "2025-12-31T23:59:01.000Z",
      subscriptionId: "s",
      otherSubscriptionId: "other",
      tenantId: "t",
      environment: {},
    });

  it("counts resources and requests by type and shows each machine's licensing state", async () => {
    await createMachine(arm, "web-1", await createNetwork(arm));
    await arm.control.advanceClock(24 * 60);
    const { resources, machines, requests, ...place } = await overview();
    assert.deepEqual(place, {
      running: true,
      arm: arm.endpoint,
      azureNative: 4712,
      pid: 4713,
      startedAt: "2025-12-31T23:59:01.000Z",
      now: "2026-01-02T00:00:00.000Z",
    });
    assert.deepEqual(
      resources.map(({ type, count }) => `${type} ${count}`),
      [
        "Microsoft.Compute/disks 1",
        "Microsoft.Compute/virtualMachines 1",
        "Microsoft.Network/networkInterfaces 1",
        "Microsoft.Network/virtualNetworks 1",
        "Microsoft.Network/virtualNetworks/subnets 1",
        "Microsoft.Resources/resourceGroups 1",
      ],
    );
    assert.deepEqual(
      machines.map(({ computerName, running, licenseStatus }) => [computerName, running, licenseStatus]),
      [["web-1", true, "OOBGrace"]],
    );
    const put = requests.find(({ type, method }) => method === "PUT" && type.endsWith("/virtualMachines"));
    assert.equal(put?.count, 1);
  });

  it("is a text with one thing in a line", async () => {
    await createMachine(arm, "web-1", await createNetwork(arm));
    const [head, ...lines] = overviewText(await overview());
    assert.equal(
      head,
      `lab on ${arm.endpoint}, process 4713, since 2025-12-31T23:59Z; its clock: 2026-01-01T00:00Z`,
    );
    assert.ok(
      lines.includes("machines  running  status    key    channel      days left  count"),
      lines.join("\n"),
    );
    assert.ok(lines.some((line) => /^web-1 +yes +OOBGrace +6VM33 +Volume:GVLK +\d+\.\d$/.test(line)));
    assert.ok(lines.some((line) => /^Microsoft\.Compute\/virtualMachines +PUT +1$/.test(line)));
  });

  it("says that an empty lab has nothing", async () => {
    await arm.group("rg", "DELETE");
    await arm.control.resetRequests();
    const lines = overviewText(await overview());
    assert.deepEqual(lines.slice(1), ["", "resources: none", "", "machines: none", "", "requests: none"]);
  });
});
