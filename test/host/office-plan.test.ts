import assert from "node:assert/strict";
import { ensureClientPlan, observeClientPlan } from "../../provider/group/plan";
import type { DesiredClient } from "../../provider/group/plan";
import { hostDrift } from "../../provider/host/settings";
import { ensureHostPlan, observeHostPlan, uninstallOfficeKeyPlan } from "../../provider/host/plan";
import { hostState } from "../../provider/host/observed";
import { memberRemedy } from "../../provider/group/member-work";
import { releaseClientPlan } from "../../provider/group/plan";
import { officeApplicationId } from "../../provider/machine/licensing-plan";
import { hostWish } from "../lab/windows/test-lab";
import { answer } from "../machine/answer";

const activationId = "f3d89bbf-c0ec-47ce-a8fa-e5a5f97e447f";
const setupKey = "XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB";
const desired: DesiredClient = {
  setupKey,
  office: true,
  discovery: "host",
  hostNames: ["kms"],
  host: { name: "kms", port: 1688 },
};

describe("the plan for a host key of Office", () => {
  it("is about that license, and leaves role, settings and firewall to the key of Windows", () => {
    const plan = ensureHostPlan({ ...hostWish("NKMSN-YFFNC-R2N2P-NBXTN-N4N4K"), activationId });
    assert.equal(plan.applicationId, officeApplicationId);
    assert.equal(plan.activationId, activationId);
    assert.deepEqual(
      plan.operations.map(({ id, on }) => `${on} ${id}`),
      ["service installKey", "product activate"],
    );
    assert.equal(observeHostPlan(1688, activationId).activationId, activationId);
  });

  it("uninstalls the one key by its activation ID, for without one Windows uninstalls all", () => {
    const { applicationId, activationId: id, operations } = uninstallOfficeKeyPlan(1688, activationId);
    assert.deepEqual([applicationId, id], [officeApplicationId, activationId]);
    assert.deepEqual(
      operations.map(({ on, method }) => `${on} ${method}`),
      ["product UninstallProductKey"],
    );
  });

  it("sees drift of the key and nothing else", () => {
    const state = hostState(answer({ product: null }), 1688);
    assert.deepEqual(hostDrift({ ...hostWish("NKMSN-YFFNC-R2N2P-NBXTN-N4N4K"), activationId }, state), [
      "ending of the product key is missing, wanted N4N4K",
      "product key channel is missing, wanted Volume:CSVLK",
      "license status is Unlicensed, wanted Licensed",
    ]);
  });
});

describe("the plan for an Office client", () => {
  it("is about the license of that key, and pins its product, so that Windows keeps its own KMS host", () => {
    const plan = ensureClientPlan(desired);
    assert.equal(plan.applicationId, officeApplicationId);
    assert.equal(plan.keyEnding, "GCVGB");
    assert.deepEqual(
      plan.operations.map(({ id, on }) => `${on} ${id}`),
      [
        "service installKey",
        "product clearLookupDomain",
        "product setHost",
        "product setPort",
        "product activateWithNewHost",
        "product activate",
      ],
    );
    assert.ok(observeClientPlan(desired).read.product.includes("KeyManagementServiceMachine"));
    assert.deepEqual(observeClientPlan(desired).read.service, ["ClientMachineID"]);
  });

  it("takes its KMS host back where it was given", () => {
    const plan = releaseClientPlan(desired);
    assert.equal(plan.keyEnding, "GCVGB");
    assert.ok(plan.operations.every(({ on }) => on === "product"));
    assert.ok(releaseClientPlan({ setupKey }).operations.every(({ on }) => on === "service"));
  });

  it("says what a machine lacks that does not take the key", () => {
    const surroundings = { desired, os: "Windows 10", office: "Office LTSC 2024", hosts: [] };
    assert.match(
      memberRemedy("0xC004F069", surroundings),
      /needs a volume edition of Office LTSC 2024: retail editions and Microsoft 365 Apps do not take it/,
    );
    assert.match(memberRemedy("0xC004F042", surroundings), /needs an activated host key of Office LTSC 2024/);
    assert.equal(memberRemedy("0xC004F074", surroundings), " It asked kms:1688.");
  });
});
