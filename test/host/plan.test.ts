import assert from "node:assert/strict";
import {
  ensureHostPlan,
  hostDrift,
  observeHostPlan,
  retireHostPlan,
  uninstallOfficeKeyPlan,
} from "../../provider/host/plan";
import { officeApplicationId } from "../../provider/machine/licensing-plan";
import { hostState } from "../../provider/host/observed";
import { defaultSettings, type HostSettings } from "../../provider/host/settings";
import { answer } from "../machine/answer";
import {
  activate,
  boot,
  bootHost,
  group2022,
  hostKey,
  desiredHostState,
  testLab,
} from "../lab/windows/test-lab";

const key = hostKey(group2022);

/** A machine that the plan of this desired made a KMS host. */
function hostFor(changes: Partial<HostSettings>) {
  const lab = testLab();
  const values = { ...defaultSettings, dnsPublishing: false, ...changes };
  const plan = ensureHostPlan({ ...desiredHostState(key), settings: { values } });
  const answer = lab.fleet.runLicensingPlan(boot(lab, "kms"), plan, { productKey: key });
  return hostState(answer).settings;
}

describe("settings of a KMS host", () => {
  it("R008: may leave other services of the machine the first turn", () => {
    assert.equal(hostFor({ lowPriority: true }).lowPriority, true);
    assert.equal(hostFor({ lowPriority: false }).lowPriority, false);
  });

  it("R129: are Windows' own DNS publishing, or none of it where the package publishes", () => {
    assert.equal(hostFor({ dnsPublishing: true }).dnsPublishing, true);
    assert.equal(hostFor({ dnsPublishing: false }).dnsPublishing, false);
  });

  it("R131: are another port, with a firewall rule of its own, and other intervals", () => {
    const state = hostFor({ port: 1700, activationIntervalMinutes: 15, renewalIntervalMinutes: 43_200 });
    assert.equal(state.port, 1700);
    assert.equal(state.firewallProfiles, "enabled:1700:Domain,Private,Public");
    assert.deepEqual([state.activationIntervalMinutes, state.renewalIntervalMinutes], [15, 43_200]);
  });
});

describe("activations of a KMS host key", () => {
  it("R133: reactivate the same host nine times and no tenth time", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms");
    const again = Array.from({ length: 10 }, () => activate(lab, id));
    assert.deepEqual(again, [...Array<string>(9).fill("done"), "0xC004C008"]);
  });

  it("R133: are not spent by the plan on a host that is activated", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms");
    const plan = ensureHostPlan(desiredHostState(key));
    for (let time = 1; time <= 20; time++) {
      lab.fleet.runLicensingPlan(id, plan, { productKey: key });
    }
    assert.deepEqual(
      lab.fleet.activationService.usage(key.slice(-5)).map(({ activations }) => activations),
      [1],
    );
  });

  it("R132: activate six hosts and no seventh", () => {
    const lab = testLab();
    const answers = Array.from({ length: 7 }, (_, index) => {
      const id = boot(lab, `kms${index}`);
      return lab.fleet.runLicensingPlan(id, ensureHostPlan(desiredHostState(key)), { productKey: key });
    });
    const activated = answers.map(
      ({ operations }) => operations.find(({ id }) => id === "activate")?.hresult ?? "done",
    );
    assert.deepEqual(activated, [...Array<string>(6).fill("done"), "0xC004C008"]);
  });
});

describe("the plans for a KMS host", () => {
  it("leave slmgr's own note for management tools alone, whoever keeps it", () => {
    const plans = [
      ensureHostPlan(desiredHostState(key)),
      retireHostPlan("WX4NM-KYWYW-QJJR4-XV3QB-6VM33", ["N4N4K"]),
      observeHostPlan(),
    ];
    assert.doesNotMatch(JSON.stringify(plans), /KeyManagementServiceVersion/);
  });
});

describe("the plan for a host key of Office", () => {
  const activationId = "f3d89bbf-c0ec-47ce-a8fa-e5a5f97e447f";
  const beside = { ...desiredHostState("NKMSN-YFFNC-R2N2P-NBXTN-N4N4K"), activationId, settings: undefined };

  it("is about that license, and leaves role, settings and firewall to the key of Windows", () => {
    const plan = ensureHostPlan(beside);
    assert.equal(plan.applicationId, officeApplicationId);
    assert.equal(plan.activationId, activationId);
    assert.deepEqual(
      plan.operations.map(({ id, on }) => `${on} ${id}`),
      ["service installKey", "service refreshStatus", "product activate", "service refreshActivation"],
    );
    assert.equal(observeHostPlan(activationId).activationId, activationId);
  });

  it("brings role, settings and firewall along where the machine has no key of Windows", () => {
    const alone = { ...beside, settings: desiredHostState(key).settings };
    assert.deepEqual(
      ensureHostPlan(alone).operations.map(({ id, on }) => `${on} ${id}`),
      [
        "feature installRole",
        "service installKey",
        "service refreshStatus",
        "service stopPublishing",
        "windowsService restartBeforeActivation",
        "product activate",
        "service refreshActivation",
        "service setPort",
        "service setActivationInterval",
        "service setRenewalInterval",
        "service setPriority",
        "service setPublishing",
        "firewall allowPort",
        "windowsService restartService",
      ],
    );
  });

  it("uninstalls the one key by its activation ID, for without one Windows uninstalls all", () => {
    const { applicationId, activationId: id, operations } = uninstallOfficeKeyPlan(activationId, ["N4N4K"]);
    assert.deepEqual([applicationId, id], [officeApplicationId, activationId]);
    assert.deepEqual(
      operations.map(({ on, method }) => `${on} ${method}`),
      ["product UninstallProductKey", "service RefreshLicenseStatus"],
    );
  });

  it("sees drift of the key and nothing else", () => {
    const state = hostState(answer({ product: null }));
    assert.deepEqual(hostDrift(beside, state), [
      "ending of the product key is missing, expected N4N4K",
      "product key channel is missing, expected Volume:CSVLK",
      "license status is Unlicensed, expected Licensed",
    ]);
  });
});
