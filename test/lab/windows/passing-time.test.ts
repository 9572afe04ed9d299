import assert from "node:assert/strict";
import {
  activate,
  advanceDays,
  boot,
  bootClients,
  bootHost,
  install,
  setupKeys,
  run,
  testLab,
} from "./test-lab";

describe("KMS client as time passes", () => {
  it("renews every seven days by itself", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    const id = bootClients(lab, 5)[4];
    advanceDays(lab, 6);
    assert.equal(lab.fleet.snapshot(id).minutesLeft, 259_200 - 6 * 1440);
    advanceDays(lab, 1);
    assert.equal(lab.fleet.snapshot(id).minutesLeft, 259_200);
  });

  it("asks again every two hours until it is activated", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    const ids = bootClients(lab, 5);
    assert.equal(lab.fleet.snapshot(ids[0]).licenseStatus, 2);
    lab.clock.advance(119 * 60_000);
    assert.equal(lab.fleet.snapshot(ids[0]).licenseStatus, 2);
    lab.clock.advance(60_000);
    assert.equal(lab.fleet.snapshot(ids[0]).licenseStatus, 1);
  });

  it("is in notification after 30 days without a KMS host", () => {
    const lab = testLab();
    const id = boot(lab, "web1");
    advanceDays(lab, 29);
    assert.equal(lab.fleet.snapshot(id).licenseStatus, 2);
    advanceDays(lab, 1);
    const read = { product: ["LicenseStatus", "LicenseStatusReason", "GracePeriodRemaining"] };
    assert.deepEqual(run(lab, id, [], read).product, {
      LicenseStatus: 5,
      LicenseStatusReason: 0xc004f009,
      GracePeriodRemaining: 0,
    });
  });

  it("gets no new grace period from another product key", () => {
    const lab = testLab();
    const id = boot(lab, "web1");
    advanceDays(lab, 20);
    install(lab, id, setupKeys.server2022Datacenter);
    assert.equal(lab.fleet.snapshot(id).minutesLeft, 10 * 1440);
  });

  it("loses its activation 180 days after the host is gone, and gets it back from another", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms1");
    const ids = bootClients(lab, 5);
    const id = ids[4];
    lab.fleet.stop(host);
    advanceDays(lab, 179);
    assert.equal(lab.fleet.snapshot(id).licenseStatus, 1);
    advanceDays(lab, 1);
    assert.equal(lab.fleet.snapshot(id).licenseStatus, 5);
    bootHost(lab, "kms2");
    ids.forEach((client) => activate(lab, client));
    assert.equal(lab.fleet.snapshot(id).licenseStatus, 1);
    assert.equal(lab.fleet.snapshot(id).discoveredKmsMachine, "kms2.corp.example");
  });

  it("is no longer counted 30 days after it was switched off", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms1");
    const ids = bootClients(lab, 6);
    ids.slice(0, 2).forEach((id) => lab.fleet.stop(id));
    advanceDays(lab, 30);
    assert.equal(lab.fleet.snapshot(host).currentCount, 6);
    advanceDays(lab, 1);
    assert.equal(lab.fleet.snapshot(host).currentCount, 4);
    assert.equal(activate(lab, ids[5]), "0xC004F038");
    assert.equal(lab.fleet.snapshot(ids[5]).licenseStatus, 1);
  });
});
