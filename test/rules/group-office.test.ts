import assert from "node:assert/strict";
import { brief, group, host, messageOf, diagnosticsOf } from "./program";

const office = (version: string, count: number, name = "office") =>
  group({ name, office: version, os: undefined, edition: undefined, count });
const on = (hostChanges: object, ...groups: ReturnType<typeof office>[]) =>
  diagnosticsOf([host(hostChanges)], groups);

describe("Office clients", () => {
  it("R119: 4 are a warning, 5 are enough", () => {
    const diagnostics = on({ office: ["2019"] }, office("2019", 4));
    assert.deepEqual(brief(diagnostics), ["office warning KMS2240 office"]);
    assert.match(
      messageOf(diagnostics, "KMS2240"),
      /count 4 machines with Office 2019, threshold 5: 1 machines short/,
    );
    assert.deepEqual(on({ office: ["2019"] }, office("2019", 5)), []);
  });

  it("A-10: have a count of their own for each version, over all groups of the host", () => {
    const both = { office: ["2019", "LTSC 2021"] };
    assert.deepEqual(on(both, office("2019", 2, "a"), office("Office 2019", 3, "b")), []);
    const apart = on(both, office("2019", 4, "a"), office("LTSC 2021", 5, "b"), group({ count: 20 }));
    assert.deepEqual(brief(apart), ["a warning KMS2240 office"]);
  });

  it("need a host key of their version on the host", () => {
    const diagnostics = on({ office: ["LTSC 2021"] }, office("Office 2016", 9));
    assert.deepEqual(brief(diagnostics), ["office error KMS2239 hosts[0]"]);
    assert.match(
      messageOf(diagnostics, "KMS2239"),
      /KMSHost kms has no host key of Office 2016; .*download 49164/,
    );
  });

  it("need a host whose operating system can carry that key", () => {
    const old = { os: "Windows Server 2019", keyGroup: "Windows Server 2019", office: ["LTSC 2024"] };
    const diagnostics = on(old, office("Office LTSC 2024", 9));
    assert.deepEqual(brief(diagnostics), ["office error KMS2238 hosts[0]"]);
    assert.match(
      messageOf(diagnostics, "KMS2238"),
      /needs one of: Windows Server 2025, Windows Server 2022,/,
    );
  });

  it("are of a version that the catalogue has", () => {
    const diagnostics = on({}, office("Office 2007", 9));
    assert.deepEqual(brief(diagnostics), ["office error KMS2237 office"]);
    assert.match(
      messageOf(diagnostics, "KMS2237"),
      /Use one of: Office LTSC 2024, Office LTSC 2021, Office 2019, Office 2016\.$/,
    );
  });

  it("are not reckoned while the size of a group is not known", () => {
    const unknown = { ...office("2019", 1, "later"), count: undefined };
    assert.deepEqual(on({ office: ["2019"] }, office("2019", 1), unknown), []);
  });

  it("name an edition that has a setup key, and take no other", () => {
    const suite = { ...office("LTSC 2024", 9), edition: "Office LTSC Professional Plus" };
    assert.deepEqual(on({ office: ["LTSC 2024"] }, suite), []);
    const diagnostics = on({ office: ["LTSC 2024"] }, { ...suite, edition: "Datacenter" });
    assert.deepEqual(brief(diagnostics), ["office error KMS2256 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2256"),
      /no edition "Datacenter" of Office LTSC 2024 .*Use one of: Office LTSC Professional Plus, Office LTSC Standard,/,
    );
    const foreign = on({ office: ["LTSC 2024"] }, { ...suite, productKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33" });
    assert.deepEqual(brief(foreign), ["office error KMS2012 productKey"]);
  });

  it("run on a Windows that keeps the licenses of Office as well", () => {
    const diagnostics = on({ office: ["2016"] }, { ...office("2016", 9), os: "Windows Server 2008 R2" });
    assert.match(
      messageOf(diagnostics, "KMS2257"),
      /os: Office on Windows Server 2008 R2 has a licensing service/,
    );
    assert.deepEqual(on({ office: ["2016"] }, { ...office("2016", 9), os: "Windows Server 2012" }), []);
  });

  it("may be members of a group of Windows clients too, and of one for each product", () => {
    const azureVmIds = [1, 2, 3, 4, 5].map(
      (n) => `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/d${n}`,
    );
    const of = (name: string, edition: string) => ({ ...office("LTSC 2024", 5, name), edition, azureVmIds });
    const key = { office: ["LTSC 2024"] };
    const plus = of("plus", "Office LTSC Professional Plus");
    assert.deepEqual(on(key, group({ count: 5, azureVmIds }), plus, of("visio", "Visio LTSC Standard")), []);
    const twice = on(key, plus, of("again", "Office LTSC Professional Plus"));
    assert.equal(twice.filter(({ code }) => code === "KMS2217").length, 5);
  });

  it("are not what updates, families and editions of Windows are asked about", () => {
    const windows10 = { os: "Windows 10", edition: "Enterprise", keyGroup: "Volume license for Windows 10" };
    const servers = { ...office("LTSC 2024", 9), os: "Windows Server 2022", edition: "Office LTSC Standard" };
    assert.deepEqual(on({ ...windows10, office: ["LTSC 2024"] }, servers), []);
  });
});
