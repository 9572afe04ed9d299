import assert from "node:assert/strict";
import { nameHash } from "../../provider/group/heard";
import { type Knowledge, refreshInWords, refreshMinutes, treatments } from "../../provider/group/refresh";
import type { MemberState } from "../../provider/group/state";

const now = Date.parse("2027-06-30T12:00:00Z");
const day = (days: number) => new Date(now - days * 24 * 60 * 60_000).toISOString();
const id = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
const member = (name: string, changes: Partial<MemberState> = {}): MemberState => ({
  name,
  azureVmId: id(name),
  status: "Licensed",
  seenAt: day(20),
  ...changes,
});
const knowledge = (heardNames: string[] = [], changes: Partial<Knowledge> = {}): Knowledge => ({
  listed: new Map(),
  heard: { names: new Set(heardNames.map((name) => nameHash({ name }))), at: day(0), notes: [] },
  maxAgeDays: 0,
  now,
  ...changes,
});

describe("what a refresh does with each member", () => {
  it("is to believe a KMS host that has answered it", () => {
    assert.deepEqual(treatments([member("a"), member("b")], knowledge(["a"])), ["heard", "visit"]);
  });

  it("compares names without their domain and without regard to case", () => {
    const members = [member("WEB1.corp.example"), member("vm-2", { computerName: "Web2" })];
    assert.deepEqual(treatments(members, knowledge(["web1", "WEB2.other.example"])), ["heard", "heard"]);
    assert.deepEqual(treatments(members, knowledge(["vm-2"])), ["visit", "visit"]);
  });

  it("is a visit where two members have one name", () => {
    const twins = [member("a"), member("a", { azureVmId: id("a").replace("rg", "rg2") }), member("b")];
    assert.deepEqual(treatments(twins, knowledge(["a", "b"])), ["visit", "visit", "heard"]);
  });

  it("is a visit for each that is not licensed, whatever a host has heard", () => {
    for (const status of ["Pending", "Failed", "Drifted", "Unreachable", "Off"] as const) {
      assert.deepEqual(treatments([member("a", { status })], knowledge(["a"])), ["visit"], status);
    }
    assert.deepEqual(treatments([member("a", { status: "NotStarted" })], knowledge(["a"])), ["notStarted"]);
  });

  it("is no visit where Azure lists the machine as off, and one where it is another machine", () => {
    const listed = new Map([
      [id("a").toLowerCase(), { power: "deallocated" }],
      [id("b").toLowerCase(), { power: "running", vmId: "22222222-2222" }],
    ]);
    const members = [member("a"), member("b", { vmId: "11111111" })];
    assert.deepEqual(treatments(members, knowledge(["a", "b"], { listed })), ["off", "visit"]);
  });

  it("waits until a member is older than maxAgeDays, by its last visit or the last word of a host", () => {
    const members = [
      member("a", { seenAt: day(6.9) }),
      member("b", { seenAt: day(7.1) }),
      member("c", { seenAt: day(30), heardAt: day(1) }),
    ];
    assert.deepEqual(treatments(members, knowledge([], { maxAgeDays: 7 })), ["recent", "visit", "recent"]);
  });

  it("visits a sample, the oldest first, and all others in the refreshes after it", () => {
    let members = [5, 9, 2, 7, 3].map((age, index) => member(`m${index}`, { seenAt: day(age) }));
    const visits: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const all = treatments(members, knowledge([], { sample: 2 }));
      assert.equal(all.filter((one) => one === "visit").length, 2);
      members = members.map((state, index) =>
        all[index] === "visit" ? (visits.push(state.name), { ...state, seenAt: day(-round) }) : state,
      );
    }
    assert.deepEqual([...new Set(visits)].sort(), ["m0", "m1", "m2", "m3", "m4"]);
  });

  it("visits members that are not licensed beside a sample", () => {
    const members = [member("a"), member("b", { status: "Failed" }), member("c")];
    assert.deepEqual(treatments(members, knowledge([], { sample: 1 })), ["visit", "visit", "later"]);
  });
});

describe("what a refresh reports", () => {
  const words = { heardDays: 8, refreshMinutes: 30, interrupted: false };

  it("is by what each part of the members is known", () => {
    const before = ["a", "b", "c", "d"].map((name) => member(name));
    const after = before.map((state, index) => (index === 1 ? { ...state, seenAt: day(0) } : state));
    assert.deepEqual(refreshInWords(before, after, ["heard", "visit", "off", "visit"], words), [
      "of 4 members: 1 heard from by KMS hosts in the last 8 days, 1 visited, 1 off, 1 not looked at, since 30 minutes " +
        "(refresh.timeoutMinutes) were over",
    ]);
    const [interrupted] = refreshInWords(before, after, ["heard", "visit", "off", "visit"], {
      ...words,
      interrupted: true,
    });
    assert.match(interrupted, /, 1 not looked at, since the refresh was interrupted; they keep /);
  });

  it("estimates from a sample what is true of all", () => {
    const before = Array.from({ length: 40 }, (_, index) => member(`m${index}`));
    const after = before.map((state, index) => (index < 20 ? { ...state, seenAt: day(0) } : state));
    const all = before.map((_, index) => (index < 20 ? ("visit" as const) : ("later" as const)));
    assert.deepEqual(refreshInWords(before, after, all, { ...words, sample: 20 }).slice(1), [
      "0 of 20 visited drifted; with a confidence of 95 %, fewer than 6 of 40 have",
    ]);
  });

  it("is nothing for a group without members", () => {
    assert.deepEqual(refreshInWords([], [], [], words), []);
  });
});

describe("the time of a refresh", () => {
  it("is what the program says, else grows with the rounds that it needs", () => {
    assert.equal(refreshMinutes({ refresh: { timeoutMinutes: 7 }, maxConcurrent: 50 }, 4000), 7);
    assert.equal(refreshMinutes({ refresh: {}, maxConcurrent: 50 }, 100), 30);
    assert.equal(refreshMinutes({ refresh: {}, maxConcurrent: 50 }, 4000), 240);
  });
});
