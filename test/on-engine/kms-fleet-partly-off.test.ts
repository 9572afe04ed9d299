import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { bootLabFleet, type LabFleet } from "../bench/shared/lab-fleet";
import { type EngineProgram, engineProgram } from "./engine";
import { labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const size = 1_000;

const program = (fleet: LabFleet, more = "") => `
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const os = OperatingSystem.WindowsServer2022;
const host = new KMSHost("kms", {
  key: { keyGroup: KeyGroup.WindowsServer2022, productKey: new pulumi.Config().requireSecret("kmsHostKey") },
  os,
  machine: { azureVmId: "${fleet.hostId}" },
  zones: [{ zoneName: "${fleet.zoneName}", azurePrivateZoneId: "${fleet.zoneId}" }],
});
const folder = "${fleet.memberIds[0].replace(/[^/]+$/, "")}";
const web = new KMSClientGroup("web", {
  hosts: [host],
  os,
  edition: Edition.Datacenter,
  machines: { azureVmIds: Array.from({ length: ${size} }, (_, index) => folder + "vm-" + index) },
  ${more}
});
export const members = web.members;
`;

describe(`a group of ${size} machines of which 50 are off, on the real engine`, function () {
  this.timeout(300_000);
  let lab: Lab;
  let fleet: LabFleet;
  let stack: EngineProgram;
  const machinesOff = Array.from({ length: 50 }, (_, index) => index * 20);

  const setPower = (action: "deallocate" | "start", indexes: number[]) =>
    Promise.all(
      indexes.map(async (index) => {
        const url = `${lab.address.arm}${fleet.memberIds[index]}/${action}?api-version=2024-11-01`;
        const { ok, status } = await fetch(url, { method: "POST" });
        assert.ok(ok, `${status}`);
      }),
    );
  const tally = (value: unknown) => {
    const counts: Record<string, number> = {};
    for (const { status } of value as KMSClientMember[]) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };
  const runCommands = async () =>
    (await lab.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);

  before(async () => {
    lab = await startLab();
    fleet = await bootLabFleet(lab, size);
    await setPower("deallocate", machinesOff);
    stack = await engineProgram(lab, "partly-off", program(fleet));
    await stack.setConfig("kmsHostKey", labHostKey, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("is activated but for these, and the update succeeds", async () => {
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(tally(outputs.members.value), { Licensed: 950, Off: 50 });
    assert.match(text, /950 of 1000 licensed, 50 off/);
  });

  it("is left alone by the next update, which runs nothing", async () => {
    const before = await runCommands();
    const { ok, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.equal(await runCommands(), before);
  });

  it("is visited where machines are back, and nowhere else", async () => {
    await setPower("start", machinesOff.slice(0, 20));
    const before = await runCommands();
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(tally(outputs.members.value), { Licensed: 970, Off: 30 });
    assert.equal((await runCommands()) - before, 20);
  });

  it("is confirmed by its host in a refresh, but for members that are due", async () => {
    const before = await runCommands();
    const { ok, text } = await stack.refresh();
    assert.ok(ok, text);
    assert.match(text, /of 1000 members: 970 heard from by KMS hosts in the last \d+ days, 30 off/);
    const ran = (await runCommands()) - before;
    assert.ok(ran <= 20, `${ran} run commands`);
  });
});
