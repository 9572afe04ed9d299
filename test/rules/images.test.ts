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
