import assert from "node:assert/strict";
import { explainFailure } from "../../provider/group/member-failure";
import { findingsIn } from "../../provider/rules/findings";
import { groupInputs } from "../group/group-inputs";
import { answer } from "../machine/answer";
import { azureMembers, labKey, members } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

/** Invented: a real product key has at most one N. */
const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
const zone = (changes: object = {}) => [{ zoneName: "corp.example", ...changes }];
const host = {
  name: "kms",
  os: "Windows Server 2022",
  edition: "Standard",
  key: { keyGroup: "Windows Server 2022" },
  zones: zone(),
};
const servers = {
  name: "web",
  hosts: ["kms"],
  os: "Windows Server 2022",
  edition: "Standard",
  machines: members(30),
};
const clients = { ...servers, name: "pc", os: "Windows 11", edition: "Enterprise" };

describe("hosts that share a DNS zone", () => {
  const officeHost = {
    ...host,
    name: "office",
    key: undefined,
    officeKeys: [{ office: "LTSC 2024", productKey: officeKey }],
  };
  const office = { ...clients, name: "desk", hosts: ["office"], office: { version: "LTSC 2024" } };

  it("W34: a host for Windows and one for Office draw each other's clients, and refuse them", () => {
    expectDiagnostics(
      diagnosticsOf([host, officeHost], [servers, office]),
      ["warning", "KMS2295", "web", /\(office\)/, /without a key that activates Windows: .* 0xC004F042/],
      ["warning", "KMS2295", "desk", /\(kms\)/, /without a key that activates Office LTSC 2024/],
    );
    const both = { ...host, officeKeys: officeHost.officeKeys };
    expectDiagnostics(diagnosticsOf([both], [servers, { ...office, hosts: ["kms"] }]));
  });

  it("W34: a member that was refused is told of the other host, and not to remove its record", () => {
    const said = diagnosticsOf([host, officeHost], [servers]).filter(({ resource }) => resource === "web");
    const policy = groupInputs("kms.corp.example", { findings: findingsIn(said, "client") });
    const desired = { setupKey: "", discovery: "dns" as const, hostNames: ["kms.corp.example"] };
    const events = { request: "0xC004F042, 0x00000000, office.corp.example:1688, x" };
    const text = explainFailure("0xC004F042", { desired, policy }, answer({ events }));
    assert.match(
      text,
      /KMS2295 discovery: corp\.example, .* pin the members .* Event 12288 names office\.corp/,
    );
    assert.doesNotMatch(text, /remove its SRV record/);
  });

  it("W35: a second host stands by, or gets its share by weight", () => {
    const second = (record: object) => ({ ...host, name: "second", zones: zone(record) });
    const both = { ...servers, hosts: ["kms", "second"] };
    expectDiagnostics(diagnosticsOf([host, second({ priority: 20 })], [both]), [
      "warning",
      "KMS2215",
      "web",
      /second stands by/,
    ]);
    const weighted = { ...host, zones: zone({ weight: 95 }) };
    expectDiagnostics(diagnosticsOf([weighted, second({ weight: 5 })], [both]), [
      "warning",
      "KMS2212",
      "web",
      /about 1 on second, by the weights/,
    ]);
  });

  it("W36: members of the new host still find the old one as long as its record stays beside", () => {
    const old = { ...host, name: "old", os: "Windows Server 2016", key: { keyGroup: "Windows Server 2016" } };
    const kept = { ...servers, name: "kept", hosts: ["old"], os: "Windows Server 2016" };
    expectDiagnostics(
      diagnosticsOf([host, old], [servers, kept]),
      ["warning", "KMS2295", "web", /\(old\): asked as often/, /activates Windows Server 2022 Standard/],
      ["info", "KMS2244", "kept", /\(kms\)/],
    );
    const behind = { ...old, zones: zone({ priority: 10 }) };
    expectDiagnostics(diagnosticsOf([host, behind], [servers]));
  });
});

describe("keys of other kinds than KMS", () => {
  const said = (changes: object, group: object = servers) =>
    diagnosticsOf([{ ...host, ...changes }], [{ ...servers, ...group }]);
  const avma = "C3RCX-M6NRP-6CXC9-TW2F2-4RHYD";

  it("W37: keys of Extended Security Updates are told apart", () => {
    const [wrong] = said({ key: { keyGroup: "Windows 10 ESU Year 2" } });
    assert.match(wrong.message, /are multiple activation keys \(MAK\), which are installed on each machine/);
  });

  it("W38: an AVMA key activates no Windows 10 on Hyper-V, and AVMA is not recommended for it", () => {
    const hypervisor = "Hyper-V on Windows Server 2016 Datacenter";
    const virtual = { ...clients, os: "Windows 10", assume: { hypervisor } };
    expectDiagnostics(said({}, { ...virtual, setupKey: avma }), [
      "error",
      "KMS2011",
      "pc",
      /not a KMS client setup key of Windows 10 Enterprise/,
      /this is the AVMA key of Windows Server 2016 Standard/,
    ]);
    expectDiagnostics(said({}, virtual));
  });

  it("W39: AVMA is offered where the Hyper-V host has it: Datacenter, and no older than the guests", () => {
    const on = (hypervisor: string) => said({}, { ...servers, assume: { hypervisor } });
    expectDiagnostics(on("Hyper-V on Windows Server 2022 Standard"));
    expectDiagnostics(on("Hyper-V on Windows Server 2019 Datacenter"));
    expectDiagnostics(on("Hyper-V on Windows Server 2022 Datacenter"), ["info", "KMS2228", "web", /AVMA/]);
  });

  it("W40: the AVMA key of the table is no key of the KMS host", () => {
    expectDiagnostics(said({ key: { ...host.key, productKey: avma } }), [
      "error",
      "KMS2022",
      "kms",
      /key of Windows Server 2016 Standard for Automatic Virtual Machine Activation/,
    ]);
  });

  it("W41: an evaluation of Windows client takes no key, and has to be installed again", () => {
    const box = { ...clients, os: "Windows 10", assume: { image: { evaluation: true } } };
    const [wrong] = said({}, box);
    assert.match(
      wrong.message,
      /KMS2223 .* An evaluation of Windows client cannot be converted: reinstall it/,
    );
    assert.doesNotMatch(wrong.message, /\. Convert the edition first/);
  });

  it("W42: a second host key of Windows takes the place of the first", () => {
    const machine = { azureVmId: "/subscriptions/s/vms/kms" };
    const first = { ...host, machine, key: { keyGroup: "Windows Server 2022", productKey: labKey } };
    const second = {
      ...first,
      name: "older",
      key: { keyGroup: "Windows Server 2019", productKey: officeKey },
    };
    expectDiagnostics(diagnosticsOf([first, { ...second, zones: [] }]), [
      "error",
      "KMS2023",
      "older",
      /the one of the KMSHost kms already/,
    ]);
  });

  it("W43: the key with which Setup chooses an edition activates nothing", () => {
    expectDiagnostics(said({}, { ...clients, edition: "Pro", setupKey: "VK7JG-NPHTM-C97JM-9MPGT-3V66T" }), [
      "error",
      "KMS2011",
      "pc",
      /not a KMS client setup key of Windows 11 Pro/,
      /use W269N-WFGWX/,
    ]);
  });
});

describe("updates and products by their names elsewhere", () => {
  const needing = (os: string, kb: string) =>
    diagnosticsOf(
      [{ ...host, os, key: { keyGroup: "Windows Server 2025" }, assume: { updates: [kb] } }],
      [{ ...servers, os: "Windows Server 2025" }],
    );

  it("W48: the update that Microsoft's page names by mistake is known, and so are those of other systems", () => {
    expectDiagnostics(needing("Windows Server 2022", "KB5034765"), [
      "warning",
      "KMS2208",
      "web",
      /needs KB5034770/,
      /KB5034765 is one of Windows 11, which Microsoft's planning page names by mistake\. Install it/,
    ]);
    expectDiagnostics(needing("Windows Server 2019", "kb5034770"), [
      "warning",
      "KMS2208",
      "web",
      /needs KB5034768/,
      /not known to contain it: kb5034770 is one of Windows Server 2022\./,
    ]);
    expectDiagnostics(needing("Windows Server 2022", "KB5034770"));
  });

  it("W49: retail products and Microsoft 365 Apps are no clients of a KMS host", () => {
    const officeKeys = [{ office: "2019", productKey: officeKey }];
    const said = (product: string) =>
      diagnosticsOf([{ ...host, officeKeys }], [{ ...clients, office: { version: "2019", product } }])[0]
        .message;
    assert.match(said("ProPlus2019Retail"), /KMS2256 .* Retail editions of Office are not activated by KMS/);
    assert.match(said("O365ProPlusRetail"), /KMS2256 .* Microsoft 365 Apps are activated by the sign-in/);
  });

  it("W50: a host key of Office is for Project and Visio as well", () => {
    const officeKeys = [{ office: "Visio 2021", productKey: officeKey }];
    const [wrong] = diagnosticsOf([{ ...host, officeKeys }]);
    assert.match(wrong.message, /Did you mean "Office LTSC 2021"\? Its host key is for Project and Visio/);
  });
});

describe("errors that forums ask about", () => {
  const explained: [hresult: string, side: "host" | "client", ...facts: RegExp[]][] = [
    ["0xC004F012", "client", /was not found/, /rilc/],
    ["0xC004F013", "client", /no right to run this edition/, /rilc/],
    ["0xC004FD03", "client", /Hyper-V host cannot activate this edition/, /setup key \(GVLK\)/],
    ["0xC004FD04", "client", /AVMA key is installed/, /setup key \(GVLK\)/],
    ["0xC004FC03", "host", /network failed/, /activation: "offline"/],
    ["0xC004FE00", "host", /activated again/, /spends one of its reactivations/],
    ["0xC004F080", "host", /does not belong to this machine/, /spends one of its reactivations/],
    ["0x8004D102", "client", /clock of the machine/, /w32tm/],
    ["0xC004C04F", "host", /no rule/, /Activation Center/],
    ["0xC004F214", "client", /older system/, /Install the key of the system/],
  ];
  for (const [hresult, side, ...facts] of explained) {
    it(`W47: ${hresult} on a ${side} has its cause and remedy`, () =>
      expectExplained(hresult, side, ...facts));
  }
});

describe("hosts and their settings", () => {
  it("W44: Azure's own KMS serves no machine outside Azure", () => {
    const azure = { name: "az", readOnly: true, machine: { fqdn: "azkms.core.windows.net" } };
    const group = { ...servers, hosts: ["az"] };
    expectDiagnostics(
      diagnosticsOf([azure], [group]),
      ["warning", "KMS2024", "az", /Azure's own KMS/, /azureKms: true/],
      ["error", "KMS2251", "web", /taken to be outside Azure/],
    );
    expectDiagnostics(diagnosticsOf([azure], [{ ...group, machines: azureMembers(3) }]), [
      "warning",
      "KMS2024",
      "az",
    ]);
  });

  it("W45: intervals that let machines drop out of the count, or are interchanged", () => {
    const said = (changes: object) => diagnosticsOf([{ ...host, ...changes }], [servers]);
    expectDiagnostics(said({ renewalIntervalMinutes: 43_200 }), [
      "warning",
      "KMS2142",
      "kms",
      /counts a client for 30 days/,
    ]);
    expectDiagnostics(said({ activationIntervalMinutes: 10_080, renewalIntervalMinutes: 120 }), [
      "warning",
      "KMS2142",
      "kms",
      /Interchange the two/,
    ]);
    expectDiagnostics(said({ activationIntervalMinutes: 240, renewalIntervalMinutes: 20_160 }));
  });

  it("W46: a domain controller as KMS host, published by Windows in two domains, is nothing to speak of", () => {
    const zones = ["corp.example", "branch.example"].map((zoneName) => ({
      zoneName,
      publishedBy: "windows" as const,
    }));
    const controller = { ...host, zones, assume: { domainJoined: true, domainController: true } };
    expectDiagnostics(
      diagnosticsOf([controller], [servers, { ...clients, lookupDomain: "branch.example" }]),
      ["warning", "KMS2209", "pc", /above 50/],
    );
  });
});
