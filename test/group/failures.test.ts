import assert from "node:assert/strict";
import { MemberStatus } from "../../provider/catalog/constants";
import {
  awayInWords,
  directoryActivatedInWords,
  pendingInWords,
  rolloutFailure,
} from "../../provider/group/failures";
import type { MemberState } from "../../provider/group/state";
import { systemRefusal } from "../../provider/group/system-policy";
import { policy } from "./system-policies";

const rollout = {
  canary: 0,
  maxConcurrent: 10,
  maxFailures: 100,
  pauseMilliseconds: 0,
  unreachable: "fail" as const,
};

describe("what is reported of members", () => {
  const failed = (name: string, error: string): MemberState => ({ name, status: MemberStatus.Failed, error });
  const members = (count: number, state: Omit<MemberState, "name">): MemberState[] =>
    Array.from({ length: count }, (_, place) => ({ name: `vm-${place}`, ...state }));
  const said = (members: MemberState[]) =>
    rolloutFailure({ name: "web", members, rollout: rollout as never, timeoutMinutes: 30 })?.message ?? "";

  it("says a cause once, with the members that it struck, a long list shortened", () => {
    const many = Array.from({ length: 8 }, (_, place) => `vm-${place}`);
    const text = said([
      ...many.map((name) => failed(name, `KMS3002 ${name} is not running.`)),
      failed("other", "0xC004F074: the KMS host other could not be contacted."),
    ]);
    assert.match(
      text,
      /\n {2}vm-0, vm-1, vm-2, vm-3, vm-4 and 3 more: KMS3002 the machine is not running\.\n/,
    );
    assert.match(text, /\n {2}other: 0xC004F074: the KMS host other could not be contacted\./);
    assert.equal(text.split("is not running").length, 2);
  });

  it("counts the members of causes that it does not name", () => {
    const text = said(
      Array.from({ length: 7 }, (_, place) => failed(`vm-${place}`, `cause ${place} of its own`)),
    );
    assert.match(text, /\n {2}and 2 more for other reasons/);
  });

  it("KMS4005 and KMS4024: tells those that wait for a count from those that wait for an activated host", () => {
    const waiting = (pending: number) => [
      ...members(pending, { status: MemberStatus.Pending, currentCount: 3 }),
      ...members(10 - pending, { status: MemberStatus.Licensed, currentCount: 2 }),
    ];
    assert.match(
      pendingInWords("web", waiting(3), 2),
      /^KMS4005 3 of 10 members .*: 2 more must ask in addition to the 3 that it counts\. /,
    );
    const fresh = members(3, { status: MemberStatus.Pending });
    assert.match(
      pendingInWords("web", fresh, 5),
      /counted enough machines yet: 5 must ask, and it counts none\. Add/,
    );
    const text = pendingInWords("web", waiting(1), 0);
    assert.match(
      text,
      /^KMS4024 1 of 10 members of web is pending, because no KMS host of the group is activated\./,
    );
    assert.doesNotMatch(text, /must ask/);
  });

  it("KMS4005: says how many members received no count, and why", () => {
    const all = [
      ...members(2, { status: MemberStatus.Pending, currentCount: 2 }),
      ...members(3, { status: MemberStatus.Off, currentCount: 9 }),
      ...members(1, { status: MemberStatus.Unreachable }),
      ...members(1, { status: MemberStatus.Failed }),
      ...members(1, { status: MemberStatus.NotStarted }),
      ...members(2, { status: MemberStatus.Licensed, activatedBy: "activeDirectory" }),
    ];
    assert.match(
      pendingInWords("web", all, 3),
      /^KMS4005 2 of 10 .*: 3 more must ask in addition to the 2 that it counts; received no count: 3 off, 1 unreachable, 1 failed, 1 not started, 2 activated by Active Directory\. /,
    );
  });

  it("KMS4025, KMS4018, KMS4027: name those that are away, and those that Active Directory activated", () => {
    const away = members(8, { status: MemberStatus.Off }).slice(0, 7);
    const lost = { name: "lost", status: MemberStatus.Unreachable, error: "KMS3203 lost did not answer." };
    const done = { name: "done", status: MemberStatus.Licensed };
    assert.deepEqual(awayInWords([...away, lost, done]), [
      "KMS4025 7 of 9 members are off:\n  vm-0, vm-1, vm-2, vm-3, vm-4 and 2 more: the virtual machine is off. The members keep what is known of them. The next `pulumi up` after they were started configures them.",
      "KMS4018 1 of 9 members could not be reached:\n  lost: KMS3203 lost did not answer. The members keep what is known of them; `pulumi up` continues with them when they are back.",
    ]);
    assert.deepEqual(awayInWords([done]), []);
    assert.match(
      directoryActivatedInWords(9, [done]),
      /^KMS4027 1 of 9 members is activated by Active Directory and asks no KMS host:\n {2}done\. They are not counted/,
    );
  });

  it("KMS4030: names members that share a client machine ID in place of the count (K09)", () => {
    const pending = { status: MemberStatus.Pending, currentCount: 1 };
    const clones = members(7, { ...pending, machineId: "7b2c0d1e" });
    const other = { ...pending, name: "other", machineId: "11112222" };
    const text = pendingInWords("web", [...clones, other], 4);
    assert.match(
      text,
      /^KMS4030 8 of 8 members of web are pending, and 4 more machines must ask in addition to the 1 that/,
    );
    assert.match(
      text,
      /:\n {2}vm-0, vm-1, vm-2, vm-3, vm-4 and 2 more: 7b2c0d1e…\. Run `slmgr\.vbs \/rearm`/,
    );
    assert.doesNotMatch(text, /other|KMS4005/);
    assert.match(pendingInWords("web", [clones[0], other], 4), /^KMS4005 /);
  });

  it("KMS4005, KMS4024, KMS4030: name what the preview reports as a cause of the same", () => {
    const finding = (code: string) => ({ code, message: `${code} says so.` });
    const findings = ["KMS2231", "KMS2270", "KMS2216", "KMS2211", "KMS2105"].map(finding);
    const pending = members(7, { status: MemberStatus.Pending, currentCount: 1 });
    assert.match(
      pendingInWords("web", pending, 4, findings),
      /pending members\. The preview reports causes: KMS2211, KMS2231 and KMS2216\.$/,
    );
    assert.match(pendingInWords("web", pending, 0, findings), / The preview reports causes: KMS2105\.$/);
    assert.match(pendingInWords("web", pending, 4, [finding("KMS2270")]), /pending members\.$/);
  });

  it("says of a rollout that stopped what it left undone, and nothing of what is none", () => {
    const stoppedBy = (reason: "failures" | "canaries" | "timeout" | "broken", started = 2, waiting = 0) =>
      rolloutFailure({
        name: "web",
        members: [
          failed("vm", "KMS3002 vm is not running."),
          ...members(started - 1, { status: MemberStatus.Pending }),
          ...members(5 - started, { status: MemberStatus.NotStarted }),
        ],
        rollout: { ...rollout, maxFailures: reason === "failures" ? 0 : 100 } as never,
        timeoutMinutes: 30,
        stopped: { reason, cause: new Error("no token."), visited: started, givenUp: 0, waiting },
      })?.message.split("\n")[0];
    assert.deepEqual(
      [
        stoppedBy("failures"),
        stoppedBy("failures", 5),
        stoppedBy("failures", 4, 1),
        stoppedBy("canaries", 5),
        stoppedBy("timeout", 5, 2),
        stoppedBy("broken", 5),
        stoppedBy("broken", 4),
      ].map((text = "") => text.replace(/ Remove the cause.*/, "")),
      [
        "KMS4010 the rollout of web stopped because 1 of 5 members failed, and none may; 3 were not started:",
        "KMS4010 the rollout of web stopped because 1 of 5 members failed, and none may:",
        "KMS4010 the rollout of web stopped because 1 of 5 members failed, and none may; 1 was not started, 1 waits to be asked again:",
        "KMS4011 the rollout of web stopped because every canary failed: 1 of 5 members:",
        "KMS4012 the rollout of web to 5 members did not finish in 30 minutes; 2 wait to be asked again",
        "KMS4013 the rollout of web to 5 members broke off: no token.",
        "KMS4013 the rollout of web to 5 members broke off; 1 was not started: no token.",
      ],
    );
  });

  it("says a cause once for members whose computer names differ from theirs, and spoils no other word", () => {
    const text = said([
      { ...failed("vm1", "KMS4015 PC-1 has the key of a KMS host."), computerName: "PC-1" },
      { ...failed("vm2", "KMS4015 PC-2 has the key of a KMS host."), computerName: "PC-2" },
    ]);
    assert.match(text, /\n {2}vm1, vm2: KMS4015 the machine has the key of a KMS host/);
    assert.match(said([failed("o", "no code"), failed("n", "no code")]), /\n {2}o, n: no code/);
  });

  it("KMS4017: advises to declare what is missing where the build alone is new, and else to remove the machine", () => {
    const refusal = (editionId: string, changes = {}) =>
      systemRefusal(
        { ...policy(), os: "", edition: "", ...changes },
        { name: "vm", osBuild: "99999.1", editionId },
      );
    assert.match(
      refusal("ServerDatacenter"),
      /with the EditionID ServerDatacenter, which .* Declare os and edition, or remove the machine/,
    );
    assert.match(
      refusal("ServerDatacenter", { os: "Windows Server 2025" }),
      / Declare edition, or remove the machine/,
    );
    assert.match(refusal("ServerOfTomorrow"), /\. Remove the machine from the group\./);
    assert.match(refusal(""), /build 99999\.1 without an EditionID, which/);
  });
});
