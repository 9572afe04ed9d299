import assert from "node:assert/strict";
import { memberState } from "../../provider/group/member";
import type { DesiredClient } from "../../provider/group/plan";
import { machinesMissing } from "../../provider/group/member";
import { answer } from "../machine/answer";

const member = { name: "web-1", azureVmId: "/subscriptions/s/web-1" };
const desired: DesiredClient = {
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: "dns",
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
      key: "6VM33",
      host: "kms.corp.example",
      count: 7,
      expiry: "2026-06-30T00:00Z",
      error: "",
    });
  });

  it("is Pending, not Failed, when the host counts too few machines (R111)", () => {
    const state = memberState(
      member,
      desired,
      answer({
        operations: [{ id: "activate", result: "failed", hresult: "0xC004F038" }],
        product: { PartialProductKey: "6VM33", LicenseStatus: 5 },
        events: {
          request: "0x0,0x0,kms.corp.example:1688,cmid,2026/01/01 00:00,1,5,0,id,5",
          response: "0xC004F038,0x0,0,0,3,120,10080,2026/01/01 00:00",
        },
      }),
      describeError,
    );
    assert.equal(state.status, "Pending");
    assert.equal(state.count, 3);
    assert.equal(state.host, "kms.corp.example");
    assert.equal(state.error, "");
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
    const onAzure: DesiredClient = { ...desired, discovery: "host", host: { name, port: 1688 } };
    const refused = answer({ operations: [{ id: "activate", result: "failed", hresult: "0xC004F038" }] });
    const { status, error } = memberState(member, onAzure, refused, describeError);
    assert.deepEqual([status, error], ["Failed", "error 0xC004F038"]);
  });

  it("names the host that a member is pinned to", () => {
    const pinned: DesiredClient = { ...desired, discovery: "host", host: { name: "10.20.1.4", port: 1688 } };
    const seen = answer({
      service: { KeyManagementServiceMachine: "10.20.1.4" },
      product: { LicenseStatus: 1 },
    });
    assert.equal(memberState(member, pinned, seen, describeError).host, "10.20.1.4");
  });
});

describe("machines missing", () => {
  const state = (status: "Licensed" | "Pending", count: number) => ({
    ...member,
    status,
    key: "",
    host: "",
    count,
    expiry: "",
    error: "",
  });

  it("is the threshold less the highest count seen", () => {
    assert.equal(machinesMissing([state("Pending", 1), state("Pending", 3)], 5), 2);
  });

  it("is 0 when no member is pending", () => {
    assert.equal(machinesMissing([state("Licensed", 3)], 5), 0);
    assert.equal(machinesMissing([], 5), 0);
  });

  it("never is negative", () => {
    assert.equal(machinesMissing([state("Pending", 12)], 5), 0);
  });
});
