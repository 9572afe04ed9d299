import assert from "node:assert/strict";
import type { Diagnostic } from "../../provider/rules/diagnostic";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup, reviewHost } from "../../provider/rules/rules";
import { group, type GroupChanges, host } from "./program";

const create = { resourceGroupName: "rg", subnetId: "/subnets/a", adminPassword: "secret" };

const ofImages = (diagnostics: Diagnostic[]) =>
  diagnostics
    .filter(({ code }) => code.startsWith("KMS12"))
    .map(({ severity, code, path, message }) => ({ short: `${severity} ${code} ${path}`, message }));

const created = (os: string, today?: string) =>
  ofImages(
    reviewHost(
      host({ key: { keyGroup: "Windows Server 2016" }, os, machine: { create } }),
      programIndex({ today }),
    ),
  );

describe("an image that Azure withdraws", () => {
  it("is a warning from its day on, for a host that is created", () => {
    const [found, ...others] = created("Windows Server 2016", "2027-01-12");
    assert.equal(found.short, "warning KMS1203 os");
    assert.match(
      found.message,
      /refuses new machines from its image of Windows Server 2016 Datacenter since 2027-01-12; machines that exist run on/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(created("Windows Server 2016", "2027-01-11"), []);
    assert.deepEqual(created("Windows Server 2016"), []);
    assert.deepEqual(created("Windows Server 2022", "2027-01-12"), []);
  });

  it("is a warning for the machines of a group, and none for machines that exist", () => {
    const of = (machines: GroupChanges["machines"]) =>
      ofImages(
        reviewGroup(
          group({ os: "Windows Server 2012 R2", machines }),
          programIndex({ hosts: [host()], today: "2026-11-28" }),
        ),
      ).map(({ short }) => short);
    assert.deepEqual(of({ create: { ...create, count: 6 } }), ["warning KMS1203 os"]);
    assert.deepEqual(of({ scaleSet: { ...create, capacity: 6 } }), ["warning KMS1203 os"]);
    assert.deepEqual(of({ azureVmIds: ["/a"] }), []);
  });
});

describe("an image of one's own", () => {
  const ofHost = (image: object, os = "Windows Server 2022") =>
    ofImages(
      reviewHost(
        host({ key: { keyGroup: "Windows Server 2022" }, os, machine: { create: { ...create, image } } }),
        programIndex({ today: "2027-01-12" }),
      ),
    );
  const marketplace = {
    publisher: "MicrosoftWindowsServer",
    offer: "windowsserver2022",
    sku: "2022-datacenter-g2",
  };

  it("is named by its ID, or by three names of the marketplace", () => {
    assert.deepEqual(ofHost({ id: "/subscriptions/s/images/golden" }), []);
    assert.deepEqual(ofHost({ ...marketplace, version: "20348.4405.1" }), []);
    const [halves] = ofHost({ publisher: "MicrosoftWindowsServer", sku: "2022-datacenter-g2" });
    assert.equal(halves.short, "error KMS1204 machine.create.image");
    assert.match(halves.message, /this one has publisher and sku\. Specify id/);
    assert.match(
      ofHost({ ...marketplace, id: "/i" })[0].message,
      /this one has id, publisher, offer and sku/,
    );
    assert.match(ofHost({ trustedLaunch: false })[0].message, /this one has neither/);
  });

  it("is a way past the catalogue: neither a missing nor a withdrawn image is of interest then", () => {
    const gone = { key: { keyGroup: "Windows Server 2016" }, os: "Windows Server 2016" };
    assert.equal(created(gone.os, "2027-01-12").length, 1);
    assert.deepEqual(ofHost({ id: "/i" }, gone.os), []);
    const machines = (image: object) => ({ scaleSet: { ...create, capacity: 6, image } });
    const of = (image: object) =>
      ofImages(
        reviewGroup(
          group({ os: "Windows Server 2012 R2", machines: machines(image) }),
          programIndex({ hosts: [host()], today: "2026-11-28" }),
        ),
      ).map(({ short }) => short);
    assert.deepEqual(of({ id: "/i" }), []);
    assert.deepEqual(of({ sku: "x" }), ["error KMS1204 machines.scaleSet.image"]);
  });
});
