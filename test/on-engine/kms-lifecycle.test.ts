import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import type { StoredMembers } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey, labMak } from "./kms-program";
import { type Lab, startLab } from "./lab";
import type { EngineResult } from "./operation";
import { storedResources } from "./stored-resources";

const program = (hostArgs: string, groupArgs: string) =>
  kmsProgram(`
const host = new KMSHost("kms", { ...hostArgs, ${hostArgs} });
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs, ${groupArgs} });
export const fqdn = host.fqdn;
export const licenseStatus = host.licenseStatus;
export const partialProductKey = host.partialProductKey;
export const currentCount = host.currentCount;
export const activatedAt = host.activatedAt;
export const members = web.members;
export const machinesMissing = web.machinesMissing;
`);

describe("a KMS host and its clients on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  const members = (value: unknown) => value as KMSClientMember[];

  /** The outputs that the state holds for the resource with this type. */
  const stored = async (type: string) =>
    (await storedResources(stack)).find((resource) => resource.type.endsWith(`:${type}`))!.outputs;

  /** Run commands since the last reset. */
  const runCommands = async () => {
    const requests = await lab.control.requests();
    return requests
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);
  };

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(
      lab,
      "lifecycle",
      program("", "machines: { create: { ...create, count: 4 } }"),
    );
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  /** An operation, and the run commands that it needed. */
  const counted = async (operation: () => Promise<EngineResult>) => {
    await lab.control.resetRequests();
    return { ...(await operation()), ran: await runCommands() };
  };
  const { step } = story();

  const previewed = step("preview", async () => ({
    ...(await stack.preview()),
    created: await lab.control.resources(),
  }));

  it("cause a warning in a preview that the threshold is not reached, and nothing is created (R110, R118)", async () => {
    const { ok, diagnostics, text, created } = await previewed();
    assert.ok(ok, text);
    const [warning] = diagnostics.filter(({ severity }) => severity === "warning");
    assert.match(
      warning?.message ?? "",
      /^KMS2211 machines\.create\.count: .*4 machines, but the threshold is 5/,
    );
    assert.match(warning?.urn ?? "", /KMSClientGroup::web$/);
    assert.deepEqual(created, []);
  });

  const four = step("up with four members", () => stack.up());

  it("leave members below the threshold pending, with the host activated and no failure (R111)", async () => {
    const { ok, outputs, diagnostics, text } = await four();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.partialProductKey.value, labHostKey.slice(-5));
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.deepEqual(
      members(outputs.members.value).map(({ name, status, partialProductKey, kmsHost }) => ({
        name,
        status,
        partialProductKey,
        kmsHost,
      })),
      [1, 2, 3, 4].map((n) => ({
        name: `web-${n}`,
        status: "Pending",
        partialProductKey: "6VM33",
        kmsHost: "kms.corp.example",
      })),
    );
    assert.equal(outputs.machinesMissing.value, 1);
    const warning = diagnostics.find(({ message }) => message.startsWith("KMS4005"));
    assert.match(warning?.message ?? "", /4 of 4 members of web are pending.*1 more must ask/);
  });

  const five = step("up with five members", async () => {
    await stack.write(program("", ""));
    return counted(stack.up);
  });

  it("are all activated when another machine joins, with n + t - 1 requests", async () => {
    const { ok, outputs, text, ran } = await five();
    assert.ok(ok, text);
    assert.deepEqual(
      members(outputs.members.value).map(({ status }) => status),
      Array(5).fill("Licensed"),
    );
    assert.equal(outputs.machinesMissing.value, 0);
    assert.ok(ran <= 5 + 4, `${ran} run commands`);
  });

  const again = step("a further update", () => counted(stack.up));

  it("stay the same in a further update, which reaches no machine", async () => {
    const { counts, text, ran } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.equal(ran, 0);
  });

  const drifted = step("a refresh after a change by hand", async () => {
    await lab.control.installKeyByHand("web-2", labMak);
    return {
      ...(await stack.refresh()),
      group: (await stored("ClientActivation")) as unknown as StoredMembers,
      host: await stored("HostActivation"),
    };
  });
  const driftPreviewed = step("a preview after the refresh", () => stack.preview());

  it("are read by a refresh, which describes what was changed by hand", async () => {
    const { ok, text, group, host } = await drifted();
    assert.ok(ok, text);
    assert.match(text, /web: warning: KMS4028 1 of 5 members is not in the desired state any more/);
    const changed = readMembers(group).filter(({ status }) => status !== "Licensed");
    assert.deepEqual(
      changed.map(({ name, status }) => ({ name, status })),
      [{ name: "web-2", status: "Drifted" }],
    );
    assert.match(changed[0].error ?? "", /product key ending is NMAKN, expected 6VM33/);
    assert.equal(host.currentCount, 5);
    const preview = await driftPreviewed();
    assert.match(preview.text, /warning: KMS4028 .*\n.*web-2: product key ending is NMAKN, expected 6VM33/);
    assert.equal(preview.counts.update, 1);
  });

  const repaired = step("the update that repairs it", () => counted(stack.up));

  it("get only that change repaired", async () => {
    const { counts, outputs, text, ran } = await repaired();
    assert.equal(counts.update, 1, text);
    assert.deepEqual(
      members(outputs.members.value).map(({ status }) => status),
      Array(5).fill("Licensed"),
    );
    assert.equal(ran, 1);
  });

  const moved = step("another port and interval", async () => {
    await stack.write(program("port: 1700, activationIntervalMinutes: 60", ""));
    const updated = await stack.up();
    return {
      updated,
      refreshed: await stack.refresh(),
      host: await stored("HostActivation"),
      state: await stack.storedState(),
    };
  });

  it("take another port and interval without another activation", async () => {
    const { outputs: before } = await repaired();
    const { updated, refreshed, host } = await moved();
    assert.ok(updated.ok, updated.text);
    assert.equal(updated.outputs.activatedAt.value, before.activatedAt.value);
    assert.ok(refreshed.ok, refreshed.text);
    assert.deepEqual(host.drift, []);
  });

  it("leave no secret in the stored state", async () => {
    const { state } = await moved();
    assert.match(state, /HostActivation/);
    for (const secret of [labHostKey, adminPassword]) {
      assert.ok(!state.includes(secret));
    }
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leave nothing after destroy", async () => {
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
