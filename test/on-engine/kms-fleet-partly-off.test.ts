import assert from "node:assert/strict";
import type { Deployment } from "@pulumi/pulumi/automation";
import type { KMSClientMember } from "../../provider";
import type { ClientActivationOutputs } from "../../provider/group/state";
import { readMembers, storeMembers } from "../../provider/group/stored-members";
import { bootLabFleet, type LabFleet } from "../bench/shared/lab-fleet";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { labHostKey, labMak } from "./kms-program";
import { type Lab, startLab } from "./lab";
import type { EngineResult } from "./operation";

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
    stack.setConfig("kmsHostKey", labHostKey, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  /** An operation, and the run commands that it needed. */
  const counted = async (operation: () => Promise<EngineResult>) => {
    const before = await runCommands();
    const result = await operation();
    return { ...result, ran: (await runCommands()) - before };
  };
  const { step } = story();

  const created = step("up", () => stack.up());

  it("is activated but for these, and the update succeeds", async () => {
    const { ok, outputs, text } = await created();
    assert.ok(ok, text);
    assert.deepEqual(tally(outputs.members.value), { Licensed: 950, Off: 50 });
    assert.match(text, /950 of 1000 licensed, 50 off/);
  });

  const again = step("the next update", () => counted(stack.up));

  it("is left alone by the next update, which runs nothing", async () => {
    const { ok, counts, text, ran } = await again();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.equal(ran, 0);
  });

  const partlyBack = step("an update when 20 are back", async () => {
    await setPower("start", machinesOff.slice(0, 20));
    return counted(stack.up);
  });

  it("is visited where machines are back, and nowhere else", async () => {
    const { ok, outputs, text, ran } = await partlyBack();
    assert.ok(ok, text);
    assert.deepEqual(tally(outputs.members.value), { Licensed: 970, Off: 30 });
    assert.equal(ran, 20);
  });

  const refreshed = step("refresh", () => counted(stack.refresh));

  it("is confirmed by its host in a refresh, but for members that are due", async () => {
    const { ok, text, ran } = await refreshed();
    assert.ok(ok, text);
    assert.match(text, /of 1000 members: 970 heard from by KMS hosts in the last \d+ days, 30 off/);
    assert.ok(ran <= 20, `${ran} run commands`);
  });

  /** They ask no host any more; the log of 8 days knows the others, which renew every 7. */
  const silent = machinesOff.slice(0, 10);
  const due = new Set(silent.slice(0, 6).map((index) => `vm-${index}`));
  const aged = step("an update with maxAgeDays, nine days later", async () => {
    await Promise.all(silent.map((index) => lab.control.installKeyByHand(`vm-${index}`, labMak)));
    await lab.control.advanceClock(9 * 24 * 60);
    await stack.write(program(fleet, "refresh: { maxAgeDays: 8 },"));
    return stack.up();
  });
  const refreshedByAge = step("a refresh with maxAgeDays", async () => {
    await stack.importState(seenDaysAgo(await stack.exportState(), due, 9));
    return counted(stack.refresh);
  });

  it("is visited with maxAgeDays where members are due that its host has not heard from", async () => {
    const updated = await aged();
    assert.ok(updated.ok, updated.text);
    const { ok, text, ran } = await refreshedByAge();
    assert.ok(ok, text);
    assert.match(
      text,
      /of 1000 members: 960 heard from by KMS hosts in the last 8 days, 6 visited, 30 off, 4 seen recently enough\n/,
    );
    assert.match(text, /KMS4028 6 of 1000 members are not in the desired state any more/);
    assert.equal(ran, 1 + partsOfLog + due.size, "host, its log, and who is due");
  });
});

/** In how many answers a host names the members of a group of this size. */
const partsOfLog = 4;

/** The state with these members of the group seen so many days earlier. */
function seenDaysAgo(state: Deployment, due: ReadonlySet<string>, days: number): Deployment {
  const { resources } = state.deployment as {
    resources: { type: string; outputs: ClientActivationOutputs }[];
  };
  const { outputs } = resources.find(({ type }) => type.endsWith(":ClientActivation"))!;
  const earlier = (time = "") =>
    `${new Date(Date.parse(time) - days * 86_400_000).toISOString().slice(0, 16)}Z`;
  const members = readMembers(outputs).map((member) => {
    const { heardAt: _heardAt, seenAt, ...known } = member;
    return due.has(member.name) ? { ...known, seenAt: earlier(seenAt) } : member;
  });
  Object.assign(outputs, storeMembers(members));
  return state;
}
