import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { memberRemedy } from "../../provider/group/member-failure";
import {
  type DesiredClient,
  ensureClientPlan,
  observeClientPlan,
  releaseClientPlan,
} from "../../provider/group/plan";
import { officeApplicationId } from "../../provider/machine/licensing-plan";
import { groupInputs } from "./group-inputs";

const setupKey = "XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB";
const desired: DesiredClient = {
  setupKey,
  office: true,
  discovery: Discovery.FixedHost,
  hostNames: ["kms"],
  host: { name: "kms", port: 1688 },
};

describe("the plan for an Office client", () => {
  it("is about the license of that key, and pins its product, so that Windows keeps its own KMS host", () => {
    const plan = ensureClientPlan(desired);
    assert.equal(plan.applicationId, officeApplicationId);
    assert.equal(plan.keyEnding, "GCVGB");
    assert.deepEqual(
      plan.operations.map(({ id, on }) => `${on} ${id}`),
      [
        "service installKey",
        "service refreshStatus",
        "product clearLookupDomain",
        "product setHost",
        "product setPort",
        "product activateWithNewHost",
        "service refreshNewHost",
        "product activate",
        "service refreshActivation",
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
    const policy = groupInputs("kms", { os: "Windows 10", office: "Office LTSC 2024", hosts: [] });
    const context = { desired, policy };
    assert.match(
      memberRemedy("0xC004F069", context),
      /needs a volume edition of Office LTSC 2024 on the machine: retail editions and Microsoft 365 Apps do not take it/,
    );
    assert.match(memberRemedy("0xC004F042", context), /needs an activated host key of Office LTSC 2024/);
    assert.equal(memberRemedy("0xC004F074", context), " It asked kms:1688.");
  });
});
