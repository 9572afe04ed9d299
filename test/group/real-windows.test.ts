import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { explainProblem } from "../../provider/group/member-failure";
import { memberDrift, memberState } from "../../provider/group/member";
import { type DesiredClient, ensureClientPlan, observeClientPlan } from "../../provider/group/plan";
import { windowsApplicationId } from "../../provider/machine/licensing-plan";
import {
  boot,
  bootClients,
  bootHost,
  desiredClientState,
  setupKeys,
  type TestLab,
  testLab,
  windows10,
} from "../lab/windows/test-lab";
import { answer } from "../machine/answer";
import { policy } from "./system-policies";

const desired = desiredClientState(setupKeys.server2022Datacenter);
const member = { name: "web", azureVmId: "/subscriptions/s/web" };
const named = (problem: string) => `problem ${problem}`;

const ensure = ({ fleet }: TestLab, id: string, wish: DesiredClient = desired) =>
  fleet.runLicensingPlan(id, ensureClientPlan(wish), {});

describe("a KMS client on a real Windows", () => {
  it("names the KMS host that it asked as the article of Microsoft's support has it, between blanks", () => {
    const state = memberState(
      member,
      desired,
      answer({
        operations: [{ id: "activate", result: "failed", hresult: "0xC004F074" }],
        product: { LicenseStatus: 5 },
        events: {
          request:
            "0xC004F06C, 0x00000000, kms.corp.example:1688, 36f27b39-2fd5-440b-be67-a09996d27a38, " +
            "2010/09/29 17:52, 0, 2, 41760, 68531fb9-5511-4989-97be-d11a0f55633f, 5",
          response: "0x00000000, 0x00000000, 1, 0, 10, 120, 10080, 2012/12/04 07:06",
        },
      }),
      named,
    );
    assert.deepEqual([state.kmsHost, state.currentCount], ["kms.corp.example", 10]);
  });

  it("is shown activated at once, since Windows looks at its licenses again after it", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    bootClients(lab, 4);
    const seen = ensure(lab, boot(lab, "web5"));
    assert.equal(memberState(member, desired, seen, named).status, "Licensed");
    const withoutRefresh = ensureClientPlan(desired).operations.filter(
      ({ method }) => method !== "RefreshLicenseStatus",
    );
    const stale = lab.fleet.runLicensingPlan(
      boot(lab, "web6"),
      { ...ensureClientPlan(desired), operations: withoutRefresh },
      {},
    );
    assert.equal(memberState(member, desired, stale, named).status, "Failed");
  });

  it("asks the port of the SRV record again after it was pinned to another", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const id = boot(lab, "web");
    const pinned = {
      ...desired,
      discovery: Discovery.FixedHost,
      host: { name: "kms.corp.example", port: 1690 },
    };
    assert.equal(ensure(lab, id, pinned).operations.at(-1)?.hresult, "0xC004F074");
    const seen = ensure(lab, id);
    assert.equal(seen.operations.at(-1)?.hresult, "0xC004F038");
    assert.deepEqual(
      [seen.service.KeyManagementServiceMachine, seen.service.KeyManagementServicePort],
      [null, 0],
    );
  });

  it("has drift where the port that it is pinned to is another one; 0 stands for 1688", () => {
    const pinnedTo = (port: number, found: number | null) =>
      memberDrift(
        {
          ...desired,
          discovery: Discovery.FixedHost,
          host: { name: "kms.corp.example", port },
        },
        answer({
          service: { KeyManagementServiceMachine: "kms.corp.example", KeyManagementServicePort: found },
          product: { PartialProductKey: "6VM33", ProductKeyChannel: "Volume:GVLK", LicenseStatus: 1 },
        }),
      );
    assert.deepEqual(pinnedTo(1690, 1688), ["port of the fixed KMS host is 1688, expected 1690"]);
    assert.deepEqual([pinnedTo(1688, 0), pinnedTo(1688, null), pinnedTo(1690, 1690)], [[], [], []]);
  });

  it("is activated by Active Directory where its domain does that, and asks no KMS host then", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    const id = boot(lab, "web");
    lab.fleet.setConditions(id, { activeDirectoryActivation: true });
    const seen = ensure(lab, id, { ...desired, hostNames: ["kms.corp.example"] });
    const results = new Map(seen.operations.map((operation) => [operation.id, operation.result]));
    assert.equal(results.get("activate"), "skipped");
    const state = memberState(member, desired, seen, named);
    assert.deepEqual(
      [state.status, state.activatedBy, state.kmsHost],
      ["Licensed", "activeDirectory", undefined],
    );
    assert.deepEqual(memberDrift(desired, seen), []);
    assert.equal(lab.fleet.snapshot(host).currentCount, 0);
    assert.deepEqual(seen.events, {});
  });

  it("names the way of activation that it is limited to", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const id = boot(lab, "web");
    lab.fleet.setConditions(id, { activationTypes: 1 });
    const seen = ensure(lab, id);
    const failed = seen.operations.at(-1)!;
    assert.match(
      explainProblem(failed.hresult!, seen, { desired, policy: policy() }),
      /limited to activation by Active Directory: slmgr\.vbs \/act-type 0/,
    );
  });

  it("is Licensed where it was activated and can't be read any more, and else says what can't", () => {
    const unreadable = [{ target: "product" as const, name: "", hresult: "0x80041001", detail: "it broke" }];
    const seen = (result: "done" | "skipped") =>
      memberState(
        member,
        desired,
        answer({ product: null, unreadable, operations: [{ id: "activate", result }] }),
        named,
      );
    assert.deepEqual([seen("done").status, seen("done").activatedAt], ["Licensed", "2026-01-01T00:00Z"]);
    assert.deepEqual([seen("skipped").status, seen("skipped").error], ["Failed", "problem unreadable"]);
    assert.match(
      explainProblem("unreadable", answer({ unreadable }), { desired, policy: policy() }),
      /^KMS3018 web-1 answered, but product could not be read: 0x80041001 \(it broke\)/,
    );
  });

  it("installs nothing where its licenses can't be read", () => {
    const lab = testLab();
    const id = boot(lab, "web");
    lab.fleet.setConditions(id, { unreadable: ["product"] });
    const { operations, product, unreadable } = ensure(lab, id);
    assert.deepEqual(
      operations.map((operation) => [operation.id, operation.result, operation.hresult]),
      [["refuseKmsHost", "failed", "0x80070005"]],
    );
    assert.deepEqual([product, unreadable?.map(({ target }) => target)], [null, ["product"]]);
    assert.equal(lab.fleet.runLicensingPlan(id, observeClientPlan(), {}).operations.length, 0);
  });

  it("reaches a KMS host on client Windows from another subnet by a rule of our own alone", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms", "Volume license for Windows 10", windows10);
    const client = boot(lab, "pc", windows10);
    const asked = () =>
      ensure(lab, client, desiredClientState(setupKeys.windows10Enterprise)).operations.at(-1)?.hresult;
    assert.equal(asked(), "0xC004F038");
    const rules = lab.fleet.runLicensingPlan(
      host,
      {
        version: 1,
        applicationId: windowsApplicationId,
        operations: [],
        read: {
          service: [],
          product: [],
          features: [],
          firewall: ["SPPSVC-In-TCP", "SPPSVC-In-TCP-NoScope"],
          events: false,
        },
      },
      {},
    ).firewall;
    assert.deepEqual(rules, {
      "SPPSVC-In-TCP": "disabled:1688:Private,Public:remote LocalSubnet",
      "SPPSVC-In-TCP-NoScope": "disabled:1688:Domain",
    });
  });
});
