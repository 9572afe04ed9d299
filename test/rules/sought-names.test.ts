import assert from "node:assert/strict";
import { hintForSought, soughtNames } from "../../provider/catalog/sought-names";
import { diagnosticsOf, group, host, members, messageOf } from "./program";

describe("names that people look for", () => {
  const editions: [os: string, edition: string, instead: RegExp][] = [
    ["Windows 11", "Home", /no KMS client setup key for Windows Home: upgrade/],
    ["Windows 10", "Core", /no KMS client setup key for Windows Home/],
    ["Windows Server 2022", "Datacenter Evaluation", /takes no volume license key: convert it/],
    ["Windows Server 2022", "ServerStandardEval", /takes no volume license key/],
    ["Windows 11 LTSC 2024", "IoT Enterprise LTSC", /the operating systems Windows IoT LTSC 2024 and/],
    ["Windows 11", "IoT Enterprise", /for its LTSC releases alone/],
    ["Windows 11", "Enterprise LTSC", /an operating system of its own here/],
    [
      "Windows Server 2025",
      "Datacenter Core",
      /one edition with one setup key: leave the installation option out/,
    ],
    ["Windows Server 2025", "Standard (Desktop Experience)", /leave the installation option out/],
  ];
  for (const [os, edition, instead] of editions) {
    it(`say what to do for the edition ${edition} of ${os}`, () => {
      const diagnostics = diagnosticsOf([host()], [group({ os, edition, machines: members(30) })]);
      assert.match(messageOf(diagnostics, "KMS2005"), instead);
      assert.doesNotMatch(messageOf(diagnostics, "KMS2005"), /Did you mean/);
    });
  }

  const systems: [os: string, instead: RegExp][] = [
    ["Windows 10 ESU", /change neither system nor setup key.*multiple activation keys/],
    ["Azure Stack HCI, version 23H2", /licensed by its registration in Azure/],
    ["Azure Local", /licensed by its registration in Azure/],
    ["Hyper-V Server 2019", /needs no activation/],
    ["Windows 11 Home", /upgrade these machines to Pro/],
    ["Windows 10 IoT Enterprise", /for its LTSC releases alone/],
  ];
  for (const [os, instead] of systems) {
    it(`say what to do for the operating system ${os}`, () => {
      assert.match(messageOf(diagnosticsOf([host()], [group({ os })]), "KMS2002"), instead);
    });
  }

  it("say what to do for editions of Office that no KMS host activates", () => {
    const said = (version: string) =>
      messageOf(
        diagnosticsOf([host()], [group({ os: undefined, edition: undefined, office: { version } })]),
        "KMS2237",
      );
    assert.match(said("Microsoft 365 Apps for enterprise"), /activated by the sign-in of their users/);
    assert.match(said("Office Home & Business 2024"), /Retail editions of Office are not activated by KMS/);
    assert.doesNotMatch(said("Office 2013"), /Retail|sign-in/);
  });

  it("suggest an edition that is close to a mistyped one", () => {
    const diagnostics = diagnosticsOf(
      [host()],
      [group({ os: "Windows Server 2022", edition: "Datacentre" })],
    );
    assert.match(messageOf(diagnostics, "KMS2005"), /Did you mean "Datacenter"\?$/);
  });

  it("are none of the catalogue's own", () => {
    assert.ok(soughtNames().length > 0);
    assert.equal(hintForSought("os", "Windows Server 2022"), undefined);
    assert.equal(hintForSought("os", "Windows IoT LTSC 2024"), undefined);
    assert.equal(hintForSought("edition", "Enterprise N"), undefined);
  });
});
