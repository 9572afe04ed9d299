import assert from "node:assert/strict";
import type { MemberState } from "../../provider/group/state";
import { readMembers, storeMembers } from "../../provider/group/stored-members";

const vmId = (subscription: string, group: string, name: string) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const subscription = "6a5a4d4e-3f43-4b1c-9e0e-0a1b2c3d4e5f";

const state = (name: string, azureVmId: string): MemberState => ({
  name,
  azureVmId,
  status: "Licensed",
  partialProductKey: "6VM33",
  kmsHost: "kms.corp.example",
  currentCount: 50,
  expiresAt: "2026-06-30T00:00Z",
  activatedAt: "2026-01-01T00:00Z",
  seenAt: "2026-01-01T00:00Z",
  os: "Windows Server 2022",
  edition: "Datacenter",
  osBuild: "20348.2322",
});

/** Minute `minute` of the first day of 2026. */
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString().slice(0, 16) + "Z";

const bytesEach = (states: readonly MemberState[]) =>
  Buffer.byteLength(JSON.stringify(storeMembers(states))) / states.length;

describe("stored members", () => {
  const fleet = Array.from({ length: 1000 }, (_, index) => {
    const name = `web-prod-${String(index).padStart(5, "0")}`;
    return state(name, vmId(subscription, "rg-web-production-westeurope", name));
  });

  it("take at most 100 bytes each where all were activated in the same minute", () => {
    assert.ok(bytesEach(fleet) <= 100, `${bytesEach(fleet)} bytes`);
    assert.deepEqual(readMembers(storeMembers(fleet)), fleet);
  });

  it("take at most 150 bytes each in a fleet that was activated over hours, of which one in a hundred failed", () => {
    const states = fleet.map((member, index): MemberState => {
      const seen = { seenAt: at(index % 90), currentCount: 5 + (index % 46) };
      return index % 100 === 0
        ? { ...unlicensed(member), ...seen, error: `0xC004F074 ${"x".repeat(300)}` }
        : { ...member, ...seen, activatedAt: seen.seenAt, expiresAt: `2026-06-30T${seen.seenAt.slice(11)}` };
    });
    assert.ok(bytesEach(states) <= 150, `${bytesEach(states)} bytes`);
    assert.deepEqual(readMembers(storeMembers(states)), states);
  });

  const unlicensed = ({
    expiresAt: _expires,
    activatedAt: _activated,
    ...member
  }: MemberState): MemberState => ({
    ...member,
    status: "Failed",
  });

  it("keep that one lacks what the others have in common", () => {
    const states = [...fleet.slice(0, 3), { ...unlicensed(fleet[3]), azureVmId: undefined }].map(
      ({ azureVmId, currentCount, ...member }, index) => ({
        ...member,
        ...(azureVmId !== undefined && { azureVmId }),
        ...(index !== 3 && { currentCount }),
      }),
    );
    const stored = storeMembers(states);
    assert.deepEqual([stored.common.expiresAt, stored.members[3].expiresAt], ["2026-06-30T00:00Z", ""]);
    assert.deepEqual([stored.common.currentCount, stored.members[3].currentCount], [50, 0]);
    assert.deepEqual(readMembers(stored), states);
  });

  it("have no undefined facts, which the engine could not store", () => {
    const { common, members } = storeMembers([...fleet.slice(0, 2), { name: "new", status: "NotStarted" }]);
    const values = [common, ...members].flatMap((facts) => Object.values(facts as object));
    assert.ok(!values.includes(undefined));
  });

  it("keep the subscription of those that are in another than the first", () => {
    const states = [
      state("a", vmId("one", "rg", "a")),
      state("b", vmId("ONE", "rg", "b")),
      state("c", vmId("two", "rg", "c")),
    ];
    const stored = storeMembers(states);
    assert.deepEqual(
      stored.members.map(({ scope }) => scope),
      ["one/rg", "ONE/rg", "two/rg"],
    );
    assert.deepEqual(readMembers(stored), states);
  });

  it("name their virtual machine where it has another name than the member", () => {
    const created = state("web-1", vmId("one", "rg", "web-1-vm0a1b"));
    const stored = storeMembers([created, state("web-2", vmId("one", "rg", "web-2"))]);
    assert.deepEqual(
      stored.members.map(({ vmName }) => vmName),
      ["web-1-vm0a1b", undefined],
    );
    assert.deepEqual(readMembers(stored)[0], created);
  });

  it("have no scope in Azure where they are reached over SSH", () => {
    const { azureVmId: _id, ...server } = state("srv", "");
    const states = [{ ...server, ssh: "srv SHA256:x" }, state("a", vmId("one", "rg", "a"))];
    const stored = storeMembers(states);
    assert.deepEqual([stored.members[0].scope, stored.members[1].scope], [undefined, "one/rg"]);
    assert.deepEqual(readMembers(stored), states);
    assert.deepEqual(storeMembers([]), { common: {}, members: [] });
  });
});
