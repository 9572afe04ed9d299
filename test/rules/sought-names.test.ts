import assert from "node:assert/strict";
import { hintForSought, soughtNames } from "../../provider/catalog/sought-names";
import { diagnosticsOf, group, host, members, messageOf } from "./program";

describe("keys that are taken for KMS host keys", () => {
  const groups: [keyGroup: string, instead: RegExp][] = [
    [
      "Windows Server 2012 R2 ESU",
      /Extended Security Updates are multiple activation keys .* none of them a KMS host/,
    ],
    ["Windows 10 Extended Security Updates Year 2", /installed on each machine beside its own key/],
    ["Windows Server 2022 AVMA", /belongs on the virtual machines of a Hyper-V host/],
    ["Windows Server 2022 Client Setup Key", /a KMS host key \(CSVLK\) alone/],
    ["Windows 10 Retail", /a KMS host key \(CSVLK\) alone/],
  ];
  for (const [keyGroup, instead] of groups) {
    it(`are told apart: ${keyGroup}`, () => {
      const message = messageOf(diagnosticsOf([host({ key: { keyGroup } })]), "KMS2001");
      assert.match(message, instead);
      assert.doesNotMatch(message, /Did you mean/);
    });
  }
});

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
    ["Windows Server 2025", "Core", /leave the installation option out/],
    ["Windows Server 2022", "SERVERSTANDARDCORE", /leave the installation option out/],
    ["Windows Server 2012 R2", "Foundation", /no KMS client setup key for this edition/],
    ["Windows Server 2016", "MultiPoint Premium Server", /no KMS client setup key for this edition/],
    ["Windows Server 2022", "Essentials", /setup keys of Essentials up to Windows Server 2019 only/],
    ["Windows 11", "SE", /licensed with the device that it comes on/],
    ["Windows 11", "Enterprise E3", /steps Pro up to Enterprise by the sign-in of its users/],
    ["Windows 11", "EnterpriseS", /EditionID of Windows 11 LTSC 2024 with the edition "Enterprise LTSC"/],
  ];
  for (const [os, edition, instead] of editions) {
    it(`say what to do for the edition ${edition} of ${os}`, () => {
      const diagnostics = diagnosticsOf([host()], [group({ os, edition, machines: members(30) })]);
      assert.match(messageOf(diagnostics, "KMS2005"), instead);
      assert.doesNotMatch(messageOf(diagnostics, "KMS2005"), /Did you mean/);
    });
  }

  const systems: [os: string, instead: RegExp][] = [
    ["Windows Server 2019 LTSC", /Did you mean "Windows Server 2019"\?/],
    [
      "Windows Server 2022 LTSC Standard",
      /Did you mean "Windows Server 2022" with the edition "Standard" beside it\?/,
    ],
    ["Windows 10 ESU", /change neither system nor setup key.*multiple activation keys/],
    ["Azure Stack HCI, version 23H2", /licensed by its registration in Azure/],
    ["Azure Local", /licensed by its registration in Azure/],
    ["Hyper-V Server 2019", /needs no activation/],
    ["Windows 11 Home", /upgrade these machines to Pro/],
    ["Windows 10 IoT Enterprise", /for its LTSC releases alone/],
    ["Windows Server 2003 R2", /begins with Windows Vista and Windows Server 2008/],
    ["Windows Server Annual Channel", /is Windows Server, version 23H2 here/],
    ["Windows Storage Server 2016", /activated with the key that it came with/],
    ["Windows 11 Enterprise LTSC", /an operating system of its own here/],
    [
      "Windows Server 2022 Datacenter",
      /Did you mean "Windows Server 2022" with the edition "Datacenter" beside it\?/,
    ],
    [
      "Windows Server 2019 Standard Evaluation",
      /Did you mean "Windows Server 2019" with the edition "Standard" beside it\? An evaluation copy takes no/,
    ],
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
    assert.match(said("Office 2013"), /begins with Office 2016: activate older versions with their own/);
    assert.match(said("2021"), /Did you mean "Office LTSC 2021"\?$/);
    assert.match(said("Visio 2024"), /"Office LTSC 2024" with the product "Visio LTSC Professional 2024"\?$/);
  });

  it("say what to do for product key groups that Microsoft's table does not have", () => {
    const said = (keyGroup: string) => messageOf(diagnosticsOf([host({ key: { keyGroup } })]), "KMS2001");
    assert.match(
      said("Windows Srv 2019 DataCtr/Std KMS"),
      /mean "Volume License for Windows Server 2019"\?$/,
    );
    assert.match(said("Windows Server 2008 R2"), /no group of this generation any more/);
    assert.match(said("Windows 11"), /keys of Windows Server 2025 and of Windows Server 2022 activate it/);
    assert.match(said("Office 2019"), /Host keys of Office stand in officeKeys/);
    assert.doesNotMatch(said("Windows Server 2012 R2 Std"), /Windows Server 2022"\?/);
  });

  it("say nothing of setup keys and clients to a KMS host, and name no edition that cannot be one", () => {
    const windows10 = { os: "Windows 10", key: { keyGroup: "Windows 10" } };
    const said = messageOf(diagnosticsOf([host({ ...windows10, edition: "Home" })]), "KMS2005");
    assert.doesNotMatch(said, /setup key|multi-session/);
    const ltsc = messageOf(diagnosticsOf([host({ ...windows10, edition: "Enterprise LTSC" })]), "KMS2005");
    assert.match(ltsc, /an operating system of its own here/);
  });

  it("are taken for no group of Office by clients of Windows", () => {
    const diagnostics = diagnosticsOf([host({ key: { keyGroup: "Office 2019" } })], [group()]);
    assert.deepEqual(
      diagnostics.map(({ resource, code }) => `${resource} ${code}`),
      ["kms KMS2001"],
    );
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
