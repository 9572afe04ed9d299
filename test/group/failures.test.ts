import assert from "node:assert/strict";
import { MemberStatus } from "../../provider/catalog/constants";
import { pendingInWords, rolloutFailure } from "../../provider/group/failures";
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
    assert.match(
      pendingInWords("web", { all: 10, pending: 3, missing: 2 }),
      /^KMS4005 3 of 10 members .*: 2 more must ask/,
    );
    const text = pendingInWords("web", { all: 10, pending: 1, missing: 0 });
    assert.match(
      text,
      /^KMS4024 1 of 10 members of web is pending, because no KMS host of the group is activated\./,
    );
    assert.doesNotMatch(text, /must ask/);
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
