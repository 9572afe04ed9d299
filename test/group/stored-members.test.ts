import assert from "node:assert/strict";
import type { MemberState } from "../../provider/group/member";
import { readMembers, storeMembers } from "../../provider/group/state";

const vmId = (subscription: string, group: string, name: string) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const subscription = "6a5a4d4e-3f43-4b1c-9e0e-0a1b2c3d4e5f";

const state = (name: string, azureVmId: string): MemberState => ({
  name,
  azureVmId,
  status: "Licensed",
  key: "6VM33",
  host: "kms.corp.example",
  count: 50,
  expiry: "2026-06-30T00:00Z",
  error: "",
});

describe("stored members", () => {
  it("take at most 200 bytes each: 1,000 members, of which one in a hundred failed", () => {
    const states = Array.from({ length: 1000 }, (_, index) => {
      const name = `web-prod-${String(index).padStart(5, "0")}`;
      const member = state(name, vmId(subscription, "rg-web-production-westeurope", name));
      return index % 100 === 0
        ? { ...member, status: "Failed" as const, expiry: "", error: `0xC004F074 ${"x".repeat(300)}` }
        : member;
    });
    const bytesEach = Buffer.byteLength(JSON.stringify(storeMembers(states))) / states.length;
    assert.ok(bytesEach <= 200, `${bytesEach} bytes`);
    assert.deepEqual(readMembers(storeMembers(states)), states);
  });

  it("keep the subscription of those that are in another than the first", () => {
    const states = [
      state("a", vmId("one", "rg", "a")),
      state("b", vmId("ONE", "rg", "b")),
      state("c", vmId("two", "rg", "c")),
    ];
    const stored = storeMembers(states);
    assert.deepEqual(
      stored.members.map(({ vm }) => vm),
      ["rg/a", "rg/b", "two/rg/c"],
    );
    assert.deepEqual(
      readMembers(stored).map(({ azureVmId }) => azureVmId),
      [vmId("one", "rg", "a"), vmId("one", "rg", "b"), vmId("two", "rg", "c")],
    );
  });

  it("have no place in Azure where they are reached over SSH", () => {
    const states = [{ ...state("srv", ""), ssh: "srv SHA256:x" }, state("a", vmId("one", "rg", "a"))];
    const stored = storeMembers(states);
    assert.deepEqual([stored.subscriptionId, stored.members[0].vm], ["one", ""]);
    assert.deepEqual(readMembers(stored), states);
    assert.deepEqual(storeMembers([]), { subscriptionId: "", members: [] });
  });
});
