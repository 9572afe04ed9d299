import assert from "node:assert/strict";
import { validate } from "../../provider/component/validate";
import { explainFailure } from "../../provider/group/member-failure";
import { groupInputs } from "../group/group-inputs";
import { answer } from "../machine/answer";
import { labKey, members } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

const host = {
  name: "kms",
  os: "Windows Server 2022",
  edition: "Standard",
  key: { keyGroup: "Windows Server 2022" },
  zones: [{ zoneName: "corp.example" }],
};
const servers = {
  name: "web",
  hosts: ["kms"],
  os: "Windows Server 2022",
  edition: "Standard",
  machines: members(10),
};
const clients = { ...servers, name: "pc", os: "Windows 11", edition: "Enterprise", machines: members(30) };
const office = { ...clients, name: "office", office: { version: "LTSC 2021" } };
const said = (changes: object, group: object = servers, rest = {}) =>
  diagnosticsOf([{ ...host, ...changes }], [{ ...servers, ...group }], rest);

describe("setup keys that people take from tables and templates", () => {
  it("W01: Windows 11 takes the key that is published for Windows 10", () => {
    expectDiagnostics(said({}, { ...clients, setupKey: "NPPR9-FWDCX-D2C8J-H872K-2YT43" }));
  });

  it("W02: keys of two editions that a page had interchanged are told apart", () => {
    const wrong = said({}, { ...servers, setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33" });
    expectDiagnostics(wrong, [
      "error",
      "KMS2012",
      "web",
      /key of Windows Server 2022 Datacenter, .* VDYBN-27WPP/,
    ]);
  });

  it("W03: a key of a preview, of AVMA or of retail media is none, with and without a declared system", () => {
    for (const setupKey of ["2KNJJ-33Y9H-2GXGX-KMQWH-G6H67", "YDFWN-MJ9JR-3DYRK-FXXRW-78VHK"]) {
      const ending = new RegExp(`ending in ${setupKey.slice(-5)} is not a KMS client setup key`);
      expectDiagnostics(said({}, { ...servers, setupKey }), ["error", "KMS2011", "web", ending]);
      const found = { ...servers, os: undefined, edition: undefined, setupKey };
      expectDiagnostics(said({}, found), ["error", "KMS2011", "web", ending]);
    }
  });

  it("W04: the placeholder of an answer file is no key, nor is one with dashes from a document", () => {
    const placeholder = { ...servers, setupKey: "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX" };
    expectDiagnostics(said({}, placeholder), ["error", "KMS1101", "web", /the placeholder of documentation/]);
    const productKey = labKey.replaceAll("-", "\u2013");
    expectDiagnostics(said({ key: { ...host.key, productKey } }), [
      "error",
      "KMS1101",
      "kms",
      /separated by dashes in place of hyphens/,
    ]);
  });

  it("W05: Essentials has a key up to Windows Server 2019, and later ones are told so", () => {
    expectDiagnostics(said({}, { ...servers, os: "Windows Server 2019", edition: "Essentials" }));
    expectDiagnostics(said({}, { ...servers, edition: "Essentials" }), [
      "error",
      "KMS2005",
      "web",
      /setup keys of Essentials up to Windows Server 2019 only/,
    ]);
  });
});

describe("names that tools print", () => {
  const systems: [id: string, os: string, edition: string | undefined, code: string, meant: RegExp][] = [
    [
      "W06",
      "Microsoft Windows Server 2019 Datacenter",
      undefined,
      "KMS2002",
      /"Windows Server 2019" with the edition "Datacenter"/,
    ],
    ["W07", "Windows 10 Enterprise LTSC 2021", undefined, "KMS2002", /mean "Windows 10 LTSC 2021"\?/],
    ["W08", "Windows 11", "EnterpriseS", "KMS2005", /EditionID of Windows 11 LTSC 2024/],
    ["W09", "Windows 10 22H2", "Enterprise", "KMS2002", /mean "Windows 10"\?/],
    ["W10", "Windows Server 2022", "SERVERDATACENTERCORE", "KMS2005", /leave the installation option out/],
    ["W11", "Windows Server 2003", "Standard", "KMS2002", /older systems are no KMS clients/],
  ];
  for (const [id, os, edition, code, meant] of systems) {
    it(`${id}: "${[os, edition].filter(Boolean).join(", ")}" gets what is meant`, () => {
      const text = said({}, { ...servers, os, edition }).find((one) => one.code === code)?.message ?? "";
      assert.match(text, meant);
      assert.doesNotMatch(text, /undefined|\(\)|Windows Server 2012 R2"\?/);
    });
  }

  it("W12: a host key is known by its name in the admin center", () => {
    const [wrong] = said({ key: { keyGroup: "Windows Srv 2022 DataCtr/Std KMS" } });
    assert.match(wrong.message, /KMS2001 .* Did you mean "Volume License for Windows Server 2022"\?$/);
    const [old] = said({ key: { keyGroup: "Windows Srv 2008 R2 DC/Itan KMS C" } });
    assert.match(old.message, /no group of this generation any more/);
  });

  it("W13: products of the Office Deployment Tool are known", () => {
    const [wrong] = diagnosticsOf(
      [{ ...host, officeKeys: [{ office: "LTSC 2021", productKey: labKey }] }],
      [{ ...office, office: { version: "LTSC 2021", product: "ProPlus2021Volume" } }],
    );
    assert.match(wrong.message, /KMS2256 .* Did you mean "Office LTSC Professional Plus 2021"\?$/);
  });

  it("W14: Microsoft 365 Apps and Office 2013 are sent elsewhere", () => {
    const officeKeys = [{ office: "LTSC 2021", productKey: labKey }];
    const version = (name: string) =>
      said({ officeKeys }, { ...office, office: { version: name } })[0].message;
    assert.match(version("Microsoft 365 Apps for enterprise"), /sign-in of their users, and never by KMS/);
    assert.match(version("Office 2013"), /activate older versions with their own ospp\.vbs/);
  });
});

describe("KMS hosts that are older than their clients", () => {
  const old = (os: string, keyGroup: string, updates: string[]) => ({
    os,
    key: { keyGroup },
    assume: { updates },
  });
  const asked = (os: string, kms: object) => said(kms, { ...servers, os });

  it("W15: the last rollups of a system are later than what it needs, and security-only updates are not", () => {
    const r2 = (kb: string) =>
      asked("Windows Server 2019", old("Windows Server 2012 R2", "Windows Server 2019", [kb]));
    expectDiagnostics(r2("KB5031419"));
    expectDiagnostics(r2("KB4471320"));
    expectDiagnostics(r2("KB4471322"), [
      "warning",
      "KMS2208",
      "web",
      /\(KB4471322\) are not known to contain it/,
    ]);
    expectDiagnostics(
      asked("Windows Server 2022", old("Windows Server 2016", "Windows Server 2022", ["KB5005043"])),
    );
    expectDiagnostics(
      asked("Windows Server 2025", old("Windows Server 2019", "Windows Server 2025", ["KB5046615"])),
    );
  });

  it("W16: no update is asked for where the key of the host refuses the clients", () => {
    const wrong = asked("Windows Server 2025", old("Windows Server 2019", "Windows Server 2022", []));
    expectDiagnostics(wrong, ["error", "KMS2013", "web", /does not activate Windows Server 2025 Standard/]);
    assert.equal(wrong.length, 1);
  });

  it("W17: an assumed build is that of the declared system", () => {
    expectDiagnostics(said({ assume: { osBuild: "17763.6532" } }), [
      "error",
      "KMS2019",
      "kms",
      /17763\.6532 is no build of Windows Server 2022, which has build 20348/,
    ]);
  });

  it("W18: a host on Windows 11 is told that no group can be there", () => {
    const kms = { os: "Windows 11", edition: "Enterprise", key: { keyGroup: "Windows 10" } };
    expectDiagnostics(said(kms, clients), [
      "error",
      "KMS2004",
      "kms",
      /Change os: Windows 11 can host no group of the catalogue\.$/,
    ]);
  });

  it("W19: an evaluation copy that became a domain controller", () => {
    expectDiagnostics(
      said({ assume: { image: { evaluation: true }, domainController: true } }),
      ["error", "KMS2103", "kms", /Get-TargetEditions/, /Datacenter Core only/],
      ["info", "KMS2224", "kms", /domain controller cannot be converted/],
    );
  });
});

describe("records, lookups and activation by hand", () => {
  it("W20: the name of the record is no zone, also as a page misspelt it", () => {
    const id = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg";
    const azureVmIds = [`${id}/providers/Microsoft.Compute/virtualMachines/web`];
    for (const lookupDomain of ["_vlmcs._tcp.corp.example", "_vmlcs._tcp.corp.example"]) {
      const zones = [{ zoneName: "corp.example" }];
      const kms = { readOnly: true, key: host.key, zones, machine: { fqdn: "kms.corp.example" } };
      const web = { hosts: ["kms"], machines: { azureVmIds }, lookupDomain };
      const errors = validate({ hosts: { kms }, groups: { web } }).map(({ code, path }) => `${code} ${path}`);
      assert.deepEqual(errors, ["KMS5047 lookupDomain"]);
    }
  });

  it("W21: a fixed host beside a lookup domain, as scripts set both", () => {
    const both = { ...servers, discovery: "fixedHost" as const, lookupDomain: "corp.example" };
    expectDiagnostics(said({}, both), ["error", "KMS2252", "web", /finds its KMS host by name/]);
  });

  it("W22: a key that is installed and not activated serves nobody", () => {
    expectDiagnostics(said({ activation: "none" }), ["warning", "KMS2293", "web", /0xC004F041/]);
    expectExplained("0xC004F041", "client", /the KMS host is not activated/);
  });
});

describe("errors as support articles have them", () => {
  const explained: [id: string, hresult: string, side: "host" | "client", ...facts: RegExp[]][] = [
    ["W23", "0x8007000D", "client", /SYSTEM/, /Enum\\Root/],
    ["W24", "0xC004E002", "client", /inconsistent/, /permissions of tokens\.dat/],
    ["W25", "0x80070005", "client", /administrator/, /SELF .* DCOM/],
    ["W26", "0xC004F056", "client", /no KMS host has activated the machine/, /12288/],
    ["W27", "0xC004F034", "client", /not found or is not valid/],
    ["W28", "0xC004F017", "client", /license files .* not installed/, /rilc/, /volume edition/],
    ["W29", "0x8007232D", "host", /refused the record/, /secure dynamic updates/],
    ["W30", "0xC004D302", "client", /rearmed/, /Restart/],
  ];
  for (const [id, hresult, side, ...facts] of explained) {
    it(`${id}: ${hresult} has its cause and remedy`, () => expectExplained(hresult, side, ...facts));
  }

  const context = {
    desired: {
      setupKey: "",
      discovery: "dns" as const,
      hostNames: ["kms.corp.example"],
      lookupDomain: "corp.example",
    },
    policy: groupInputs("kms.corp.example", { hosts: [] }),
  };
  const explain = (request: string, now?: number) =>
    explainFailure("0xC004F074", context, answer({ events: { request } }), now);

  it("W31: the record of a host that was replaced leads to its machine, and nobody else is said to be asked", () => {
    const text = explain("0x800706BA, 0x00000000, oldkms.corp.example:1688, x");
    assert.match(text, /names oldkms\.corp\.example:1688 .* none of the group's .*: remove its SRV record/);
    assert.doesNotMatch(text, /It asked/);
  });

  it("W32: a record with another port is seen in the event", () => {
    assert.match(
      explain("0x800706BA, 0x00000000, kms.corp.example:1689, x"),
      /It asked kms\.corp\.example:1689\./,
    );
  });

  it("W33: a clock that is off hides behind the general code, and the event tells", () => {
    const now = Date.parse(answer().machine.utc) + 4 * 3_600_000;
    const text = explain("0xC004F06C, 0x00000000, kms.corp.example:1688, x", now);
    assert.match(text, /gives the reason 0xC004F06C .* Its clock is 4 h behind .*w32tm/);
    assert.doesNotMatch(text, /TCP 1688/);
  });
});
