import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { machinesMissing, memberState, withLastKnown } from "../../provider/group/member";
import type { DesiredClient } from "../../provider/group/plan";
import type { MemberState } from "../../provider/group/state";
import { answer } from "../machine/answer";

const member = { name: "web-1", azureVmId: "/subscriptions/s/web-1" };
const desired: DesiredClient = {
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: Discovery.Dns,
  hostNames: ["kms.corp.example"],
  lookupDomain: "corp.example",
};
const describeError = (hresult: string) => `error ${hresult}`;

describe("the state of a member", () => {
  it("is Licensed with key, host, count and expiry", () => {
    const state = memberState(
      member,
      desired,
      answer({
        operations: [{ id: "activate", result: "done" }],
        product: {
          PartialProductKey: "6VM33",
          LicenseStatus: 1,
          GracePeriodRemaining: 259200,
          DiscoveredKeyManagementServiceMachineName: "kms.corp.example",
        },
        events: { response: "0x0,0x0,1,0,7,120,10080,2026/01/01 00:00" },
      }),
      describeError,
    );
    assert.deepEqual(state, {
      ...member,
      status: "Licensed",
      partialProductKey: "6VM33",
      kmsHost: "kms.corp.example",
      currentCount: 7,
      expiresAt: "2026-06-30T00:00Z",
      activatedAt: "2026-01-01T00:00Z",
      seenAt: "2026-01-01T00:00Z",
      os: "Windows Server 2022",
      edition: "Datacenter",
      osBuild: "20348.2322",
    });
  });

  it("is Pending, not Failed, when the host counts too few machines (R111)", () => {
    const state = memberState(
      member,
      desired,
      answer({
        operations: [{ id: "activate", result: "failed", hresult: "0xC004F038" }],
        product: { PartialProductKey: "6VM33", LicenseStatus: 5 },
        service: { ClientMachineID: "36F27B39-2bcc-4ee2-8a36-000000000001" },
        events: {
          request: "0x0,0x0,kms.corp.example:1688,cmid,2026/01/01 00:00,1,5,0,id,5",
          response: "0xC004F038,0x0,0,0,3,120,10080,2026/01/01 00:00",
        },
      }),
      describeError,
    );
    assert.equal(state.status, "Pending");
    assert.equal(state.machineId, "36f27b39");
    assert.equal(state.currentCount, 3);
    assert.equal(state.kmsHost, "kms.corp.example");
    assert.equal(state.error, undefined);
  });

  it("is Failed with the error in words for every other code", () => {
    const state = memberState(
      member,
      desired,
      answer({ operations: [{ id: "activate", result: "failed", hresult: "0xC004F074" }] }),
      describeError,
    );
    assert.equal(state.status, "Failed");
    assert.equal(state.error, "error 0xC004F074");
  });

  it("is Failed when nothing was refused and it still is not licensed", () => {
    assert.equal(
      memberState(member, desired, answer({ product: { LicenseStatus: 5 } }), describeError).status,
      "Failed",
    );
  });

  it("never is Pending with Azure's own KMS, which has no threshold to wait for", () => {
    const name = "azkms.core.windows.net";
    const onAzure: DesiredClient = { ...desired, discovery: Discovery.FixedHost, host: { name, port: 1688 } };
    const refused = answer({ operations: [{ id: "activate", result: "failed", hresult: "0xC004F038" }] });
    const { status, error } = memberState(member, onAzure, refused, describeError);
    assert.deepEqual([status, error], ["Failed", "error 0xC004F038"]);
  });

  it("names the host that a member is pinned to", () => {
    const pinned: DesiredClient = {
      ...desired,
      discovery: Discovery.FixedHost,
      host: { name: "10.20.1.4", port: 1688 },
    };
    const seen = answer({
      service: { KeyManagementServiceMachine: "10.20.1.4" },
      product: { LicenseStatus: 1 },
    });
    assert.equal(memberState(member, pinned, seen, describeError).kmsHost, "10.20.1.4");
  });
});

describe("machines missing", () => {
  const state = (status: MemberState["status"], currentCount: number): MemberState => ({
    ...member,
    status,
    currentCount,
  });
  const five = () => 5;

  it("is the threshold less the highest count seen", () => {
    assert.equal(machinesMissing([state("Pending", 1), state("Pending", 3)], five), 2);
  });

  it("is 0 when no member is pending", () => {
    assert.equal(machinesMissing([state("Licensed", 3)], five), 0);
    assert.equal(machinesMissing([], five), 0);
  });

  it("never is negative", () => {
    assert.equal(machinesMissing([state("Pending", 12)], five), 0);
  });

  it("is what the member with the highest threshold needs", () => {
    const thresholdOf = ({ os }: MemberState) => (os === "Windows 11" ? 25 : 5);
    const members = [state("Pending", 6), { ...state("Pending", 6), os: "Windows 11" }];
    assert.equal(machinesMissing(members, thresholdOf), 19);
    assert.equal(machinesMissing(members.slice(0, 1), thresholdOf), 0);
  });

  it("does not rely on the last count of a member that did not answer", () => {
    assert.equal(machinesMissing([state("Pending", 2), state("Unreachable", 4)], five), 3);
  });
});

describe("what is known of a member from before", () => {
  const before: MemberState = {
    ...member,
    status: "Licensed",
    partialProductKey: "6VM33",
    kmsHost: "kms.corp.example",
    currentCount: 7,
    expiresAt: "2026-06-30T00:00Z",
    activatedAt: "2026-01-01T00:00Z",
    seenAt: "2026-01-01T00:00Z",
    os: "Windows Server 2022",
    edition: "Datacenter",
    osBuild: "20348.2322",
  };

  it("is kept whole where it does not answer", () => {
    const off: MemberState = { ...member, status: "Unreachable", error: "KMS3002 off" };
    assert.deepEqual(withLastKnown(off, before), { ...before, ...off });
    assert.deepEqual(withLastKnown({ ...member, status: "NotStarted" }, { ...before, error: "old" }), {
      ...before,
      status: "NotStarted",
    });
  });

  it("gives way to an answer, but for when it was activated and the last count", () => {
    const answered: MemberState = {
      ...member,
      status: "Failed",
      seenAt: "2026-02-01T00:00Z",
      error: "it failed",
    };
    assert.deepEqual(withLastKnown(answered, before), {
      ...answered,
      activatedAt: "2026-01-01T00:00Z",
      currentCount: 7,
    });
    const again = { ...answered, activatedAt: "2026-02-01T00:00Z", currentCount: 9 };
    assert.deepEqual(withLastKnown(again, before), again);
  });

  it("is nothing for a member that is new", () => {
    const off: MemberState = { ...member, status: "Unreachable", error: "KMS3002 off" };
    assert.deepEqual(withLastKnown(off, undefined), off);
  });
});
