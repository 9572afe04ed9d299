import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { desiredClient } from "../../provider/group/desired";
import { type DesiredClient, ensureClientPlan, observeClientPlan } from "../../provider/group/plan";
import { groupInputs } from "./group-inputs";

const desired: DesiredClient = {
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: Discovery.Dns,
  hostNames: ["kms.corp.example"],
  lookupDomain: "corp.example",
};
const ids = ({ operations }: ReturnType<typeof ensureClientPlan>) => operations.map(({ id }) => id);

describe("the plan for a KMS client", () => {
  it("installs its setup key, sets the lookup domain and asks for activation", () => {
    const plan = ensureClientPlan(desired);
    assert.deepEqual(ids(plan), [
      "installKey",
      "refreshStatus",
      "clearHost",
      "clearPort",
      "setLookupDomain",
      "activateWithNewHost",
      "refreshNewHost",
      "activate",
      "refreshActivation",
    ]);
    assert.deepEqual(plan.operations[0].arguments, { ProductKey: desired.setupKey });
    assert.equal(plan.selections, undefined);
  });

  it("leaves a KMS host as it is, unless its key is to be replaced; its licence status is then refreshed", () => {
    assert.deepEqual(ensureClientPlan(desired).refusals, [
      {
        id: "refuseKmsHost",
        unless: [{ on: "product", property: "ProductKeyChannel", isNot: "Volume:CSVLK" }],
      },
    ]);
    const replacing = ensureClientPlan({ ...desired, replacesHostKey: true });
    assert.deepEqual(replacing.refusals, []);
    assert.deepEqual(replacing.operations[1], {
      id: "refreshStatus",
      on: "service",
      method: "RefreshLicenseStatus",
      onlyAfter: "installKey",
    });
  });

  it("selects the setup key on the machine where it is taken as found, and leaves other machines as they are", () => {
    const systems = [{ builds: [20348], editionIds: ["ServerDatacenter"], value: desired.setupKey! }];
    const { setupKey: _key, ...asFound } = desired;
    const plan = ensureClientPlan({ ...asFound, systems });
    assert.deepEqual(plan.selections, { setupKey: systems });
    assert.deepEqual(plan.refusals?.[1], {
      id: "refuseSystem",
      unless: [{ on: "selection", property: "setupKey", isNot: "" }],
    });
    const [install] = plan.operations;
    assert.deepEqual(install.selectedArguments, { ProductKey: "setupKey" });
    assert.equal(install.arguments, undefined);
    assert.deepEqual(install.unless, [
      { on: "product", property: "PartialProductKey", isEndOf: "setupKey" },
      { on: "product", property: "ProductKeyChannel", is: "Volume:GVLK" },
    ]);
  });

  it("leaves machines as they are that are known to be another system than the declared one", () => {
    const plan = ensureClientPlan({
      ...desired,
      excluded: { builds: [17763], editionIds: ["ServerStandard"] },
    });
    assert.deepEqual(plan.refusals?.[1].unless, [
      { on: "machine", property: "build", isNot: [17763] },
      { on: "machine", property: "editionId", isNot: ["ServerStandard"] },
    ]);
  });

  it("does not ask for activation while no KMS host is activated", () => {
    assert.ok(!ids(ensureClientPlan({ ...desired, awaitsHost: true })).includes("activate"));
  });

  it("changes nothing where it only reads", () => {
    const { operations, refusals, selections } = observeClientPlan(desired);
    assert.deepEqual([operations, refusals, selections], [[], undefined, undefined]);
  });
});

describe("the desired state of a group's members", () => {
  it("has names in lower case, and what is not given left out", () => {
    const { excluded, ...state } = desiredClient(groupInputs("KMS.Corp.Example", {}), "2026-01-01");
    assert.deepEqual(state, {
      editionIds: ["ServerDatacenter", "ServerDatacenterCor"],
      setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
      discovery: "fixedHost",
      hostNames: ["kms.corp.example"],
    });
    assert.ok(excluded?.builds.includes(17763) && !excluded.builds.includes(20348));
  });

  it("replaces a host key where the program acknowledges that, for as long as it does", () => {
    const acknowledge = [{ code: "KMS4015", reason: "it is retired", until: "2026-01-31" }];
    const inputs = groupInputs("kms", { acknowledge });
    assert.equal(desiredClient(inputs, "2026-01-31").replacesHostKey, true);
    assert.equal(desiredClient(inputs, "2026-02-01").replacesHostKey, undefined);
  });
});
