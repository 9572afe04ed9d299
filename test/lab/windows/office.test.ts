import assert from "node:assert/strict";
import { ensureClientPlan } from "../../../provider/group/plan";
import { ensureHostPlan, uninstallOfficeKeyPlan } from "../../../provider/host/plan";
import { officeGroup } from "../../../provider/catalog/key-groups";
import { findSetupKey } from "../../../provider/catalog/setup-keys";
import labKeys from "../../../provider/lab/windows/lab-keys.json";
import {
  advanceDays,
  boot,
  bootClients,
  bootHost,
  desiredClientState,
  desiredHostState,
  testLab,
  type TestLab,
} from "./test-lab";

const proPlus = "Office LTSC Professional Plus 2024";
const version = "LTSC 2024";

function activateOfficeHost(lab: TestLab, id: string, office = version) {
  const { name, activationId } = officeGroup(office)!;
  const { productKey } = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === name)!;
  const plan = ensureHostPlan({ ...desiredHostState(productKey), activationId, settings: undefined });
  return lab.fleet.runLicensingPlan(id, plan, { productKey }).operations;
}

function officeHost(lab: TestLab): string {
  const id = bootHost(lab, "kms");
  lab.fleet.installLicensePack(id, version);
  activateOfficeHost(lab, id);
  return id;
}

function officeClient(lab: TestLab, name: string): string {
  const id = boot(lab, name);
  lab.fleet.installOffice(id, version, proPlus);
  return id;
}

/** Gives "done" or the HRESULT of the first step that failed. */
function ask(lab: TestLab, id: string, edition = proPlus): string {
  const setupKey = findSetupKey(`Office ${version}`, edition)!.key;
  const plan = ensureClientPlan({ ...desiredClientState(setupKey), office: true });
  return lab.fleet.runLicensingPlan(id, plan, {}).operations.at(-1)?.hresult ?? "done";
}

describe("Office in the lab", () => {
  it("gives a host of Office alone the settings of a KMS host, once its key is activated", () => {
    const lab = testLab();
    const id = boot(lab, "office-host");
    lab.fleet.installLicensePack(id, version);
    const { name, activationId } = officeGroup(version)!;
    const { productKey } = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === name)!;
    const { settings } = desiredHostState(productKey);
    const withPort = (activation: "online" | "none") => ({
      ...desiredHostState(productKey),
      activationId,
      activation,
      settings: settings && { values: { ...settings.values, port: 1690 } },
    });
    const results = (activation: "online" | "none") =>
      lab.fleet.runLicensingPlan(id, ensureHostPlan(withPort(activation)), { productKey }).operations;
    assert.equal(results("none").find(({ id: step }) => step === "setPort")?.result, undefined);
    assert.equal(results("online").find(({ id: step }) => step === "setPort")?.result, "done");
  });

  it("takes no host key without its License Pack, and then beside that of Windows", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms");
    assert.deepEqual(activateOfficeHost(lab, id), [
      { id: "installKey", result: "failed", hresult: "0xC004F050" },
    ]);
    lab.fleet.installLicensePack(id, version);
    assert.deepEqual(
      activateOfficeHost(lab, id).map(({ result }) => result),
      ["done", "done", "done", "done"],
    );
    assert.deepEqual(
      activateOfficeHost(lab, id).map(({ result }) => result),
      ["skipped", "skipped", "skipped", "skipped"],
    );
    const { partialProductKey, office } = lab.fleet.snapshot(id);
    assert.equal(partialProductKey, "N2W2K");
    assert.deepEqual(
      office?.map((one) => `${one.partialProductKey} ${one.licenseStatus}`),
      ["N4N4K 1"],
    );
  });

  it("counts each version for itself: the fifth client is activated, whatever Windows counts", () => {
    const lab = testLab();
    const id = officeHost(lab);
    bootClients(lab, 3);
    const answers = [1, 2, 3, 4, 5].map((n) => ask(lab, officeClient(lab, `desk${n}`)));
    assert.deepEqual(answers, ["0xC004F038", "0xC004F038", "0xC004F038", "0xC004F038", "done"]);
    const seen = lab.fleet.snapshot(id);
    assert.deepEqual([seen.currentCount, seen.office?.[0].currentCount], [3, 5]);
  });

  it("remembers ten machines for a version, and no more", () => {
    const lab = testLab();
    const id = officeHost(lab);
    for (let n = 1; n <= 12; n += 1) {
      ask(lab, officeClient(lab, `desk${n}`));
    }
    assert.equal(lab.fleet.snapshot(id).office?.[0].currentCount, 10);
  });

  it("refuses the key of an edition or version that is not installed, as with retail editions", () => {
    const lab = testLab();
    officeHost(lab);
    assert.equal(ask(lab, boot(lab, "bare")), "0xC004F050");
    assert.equal(ask(lab, officeClient(lab, "desk"), "Visio LTSC Standard 2024"), "0xC004F069");
  });

  it("is refused by a KMS host that has the key of Windows alone", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    assert.equal(ask(lab, officeClient(lab, "desk")), "0xC004F042");
  });

  it("renews by itself, so that the count stays", () => {
    const lab = testLab();
    const id = officeHost(lab);
    for (let n = 1; n <= 5; n += 1) {
      ask(lab, officeClient(lab, `desk${n}`));
    }
    advanceDays(lab, 40);
    assert.equal(lab.fleet.snapshot(id).office?.[0].currentCount, 5);
  });

  it("loses one host key by its activation ID, and keeps the others", () => {
    const lab = testLab();
    const id = officeHost(lab);
    lab.fleet.installLicensePack(id, "2019");
    activateOfficeHost(lab, id, "2019");
    const { activationId } = officeGroup(version)!;
    const seenAfter = (hostKeyEnding: string) => {
      lab.fleet.runLicensingPlan(id, uninstallOfficeKeyPlan(activationId!, [hostKeyEnding]), {});
      return lab.fleet.snapshot(id);
    };
    assert.equal(seenAfter("NNNNN").office?.length, 2, "another key than the one that it was installed with");
    const seen = seenAfter("N4N4K");
    assert.deepEqual(
      seen.office?.map((one) => one.version),
      ["Office 2019"],
    );
    assert.deepEqual([seen.partialProductKey, seen.licenseStatus], ["N2W2K", 1]);
  });
});
