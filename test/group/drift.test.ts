import assert from "node:assert/strict";
import { driftDiagnostics } from "../../provider/group/failures";
import type { MemberState } from "../../provider/group/state";

const members: MemberState[] = [
  { name: "web1", status: "Licensed" },
  { name: "web2", status: "Drifted", error: "product key ending is NMAKN, expected 6VM33" },
  { name: "web3", status: "Drifted", error: "it is not licensed" },
  { name: "web4", status: "Drifted", error: "it is not licensed" },
  { name: "web5", status: "Failed", error: "0xC004F074" },
];
const today = "2027-06-30";

describe("members that drifted", () => {
  it("are one warning with a code, each difference once with its members", () => {
    const [one, ...others] = driftDiagnostics(members, 5, { today });
    assert.deepEqual([one.code, one.severity, others.length], ["KMS4028", "warning", 0]);
    assert.match(
      one.message,
      /^KMS4028 3 of 5 members are not in the desired state any more:\n {2}web2: product key ending is NMAKN, expected 6VM33\n {2}web3, web4: it is not licensed/,
    );
  });

  it("are information once they are acknowledged, until that ends", () => {
    const acknowledge = (until: string) => [{ code: "KMS4028", reason: "under repair", until }];
    const [accepted] = driftDiagnostics(members, 5, { today, acknowledge: acknowledge("2027-07-01") });
    assert.deepEqual([accepted.severity, accepted.acknowledged], ["info", true]);
    assert.match(accepted.message, /\(acknowledged: under repair\)$/);
    const [ended] = driftDiagnostics(members, 5, { today, acknowledge: acknowledge("2027-06-01") });
    assert.equal(ended.severity, "warning");
  });

  it("stay a warning with strict, since an error would keep the update from mending them", () => {
    assert.deepEqual(
      driftDiagnostics(members, 5, { today, ...{ strict: true } }).map(({ severity }) => severity),
      ["warning"],
    );
  });

  it("are nothing where none drifted", () => {
    assert.deepEqual(driftDiagnostics([members[0], members[4]], 5, { today }), []);
  });
});
