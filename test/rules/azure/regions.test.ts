import assert from "node:assert/strict";
import { type KMSHostValues, validate } from "../../../provider";
import { isKnownRegion, regionMeantBy } from "../../../provider/catalog/azure-regions";
import { createdHost, createdServers, idOf } from "../../cases/azure-program";

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };

describe("regions of Azure", () => {
  it("are known by both of their names, in each cloud", () => {
    for (const region of ["westeurope", "West Europe", "usgovvirginia", "US Gov Virginia", "chinanorth3"]) {
      assert.ok(isKnownRegion(region), region);
    }
    assert.ok(!isKnownRegion("westeuropa"));
  });

  for (const [given, meant] of [
    ["westeuropa", "westeurope"],
    ["western europe", "westeurope"],
    ["europe-west", "westeurope"],
    ["us-east-1", "eastus"],
    ["us-east-2", "eastus2"],
    ["us_gov_virginia", "usgovvirginia"],
    ["germany west", "germanywestcentral"],
    ["zzz", undefined],
    ["-", undefined],
  ] as const) {
    it(`"${given}" is taken for ${meant ?? "none"}`, () => {
      assert.equal(regionMeantBy(given), meant);
    });
  }

  const of = (location: string) => {
    const host: KMSHostValues = createdHost({
      machine: { create: { ...create, subnetId: idOf.subnet("hosts"), location } },
    });
    return validate({ hosts: { kms: host } });
  };

  it("that are not listed may be new, and are a warning with the one that may be meant", () => {
    const [diagnostic, ...others] = of("westeuropa");
    assert.deepEqual(others, []);
    assert.equal(`${diagnostic.severity} ${diagnostic.code}`, "warning KMS2141");
    assert.match(
      diagnostic.message,
      /machine\.create\.location: "westeuropa" is not among the regions of Azure that this package knows.*Did you mean "westeurope"\?/s,
    );
    assert.doesNotMatch(of("newlandcentral")[0].message, /Did you mean/);
    assert.deepEqual(of("Sweden Central"), []);
  });

  it("that no name can be are an error, with the same help", () => {
    const [diagnostic, ...others] = of("us-east-1");
    assert.deepEqual(others, []);
    assert.equal(`${diagnostic.severity} ${diagnostic.code}`, "error KMS2126");
    assert.match(diagnostic.message, /Did you mean "eastus"\?/);
  });

  it("are looked at for members as well", () => {
    const servers = createdServers({
      azureKms: true,
      machines: { create: { ...create, count: 6, subnetId: idOf.subnet("web"), location: "westus9" } },
    });
    assert.deepEqual(
      validate({ groups: { web: servers } }).map(({ code, path }) => `${code} ${path}`),
      ["KMS2141 machines.create.location"],
    );
  });
});
