import assert from "node:assert/strict";
import { fleetReport } from "../../provider/report/make-report";
import { exported, group, member, now, vmId } from "./exported";

describe("report of client groups", () => {
  it("has groups with those members first that need attention", () => {
    const failed = member("b", "Failed", { error: "KMS4011 no host", currentCount: 0 });
    const overSsh = member("c", "Pending", { scope: "", ssh: "srv.corp.example:2222 SHA256:abc" });
    const stack = exported(group("web", [member("a", "Licensed"), failed, overSsh], { machinesMissing: 2 }));
    const [web] = fleetReport(stack, [], now).groups;
    assert.deepEqual(
      web.members.map(({ name, azureVmId, ssh, status, expiresAt, error }) => [
        name,
        azureVmId ?? ssh,
        status,
        expiresAt,
        error,
      ]),
      [
        ["b", vmId("b"), "Failed", undefined, "KMS4011 no host"],
        ["c", "srv.corp.example:2222", "Pending", undefined, undefined],
        ["a", vmId("a"), "Licensed", "2027-05-24T16:25Z", undefined],
      ],
    );
    assert.deepEqual(web.memberCounts, { Failed: 1, Pending: 1, Licensed: 1 });
    assert.deepEqual(
      [web.name, web.os, web.edition, web.hostNames, web.threshold, web.machinesMissing, web.membersHidden],
      ["web", "Windows Server 2022", "Datacenter", ["kms.corp.example"], 5, 2, false],
    );
  });

  it("has the facts that members have in common, and the last known ones of a member that did not answer", () => {
    const common = {
      scope: "s/rg",
      status: "Licensed",
      seenAt: "2026-11-25T19:25Z",
      os: "Windows Server 2022",
    };
    const off = { name: "b", status: "Unreachable", seenAt: "2026-11-20T10:00Z", error: "KMS3005 off" };
    const stack = exported(group("web", [{ name: "a" }, off], { common }));
    assert.deepEqual(fleetReport(stack, [], now).groups[0].members, [
      { ...off, azureVmId: vmId("b"), os: "Windows Server 2022" },
      {
        name: "a",
        azureVmId: vmId("a"),
        status: "Licensed",
        seenAt: "2026-11-25T19:25Z",
        os: "Windows Server 2022",
      },
    ]);
  });

  it("counts expiries by week, which begins on Monday", () => {
    const expiries = ["2027-05-23T23:59Z", "2027-05-24T00:00Z", "2027-05-30T23:59Z", "no date"];
    const members = expiries.map((expiresAt, index) => member(`m${index}`, "Licensed", { expiresAt }));
    assert.deepEqual(fleetReport(exported(group("web", members)), [], now).expiries, [
      { week: "2027-05-17", members: 1 },
      { week: "2027-05-24", members: 2 },
    ]);
  });

  it("copes with a group that an update left without members", () => {
    const { groups } = fleetReport(exported(group("web", undefined as never)), [], now);
    assert.deepEqual([groups[0].members, groups[0].membersHidden], [[], false]);
  });
});
