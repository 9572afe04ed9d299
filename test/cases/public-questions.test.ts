import assert from "node:assert/strict";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";
import { labKey, members } from "../rules/program";

const zones = [{ zoneName: "corp.example" }];
const host = {
  name: "kms",
  os: "Windows Server 2022",
  edition: "Standard",
  key: { keyGroup: "Windows Server 2022" },
  zones,
};
const hostOn = (os: string, keyGroup: string, changes: object = {}) => ({
  ...host,
  os,
  key: { keyGroup },
  ...changes,
});
const servers = {
  name: "web",
  hosts: ["kms"],
  os: "Windows Server 2022",
  edition: "Datacenter",
  machines: members(10),
};
const clients = { ...servers, name: "pc", os: "Windows 11", edition: "Enterprise", machines: members(30) };
const said = (group: object, changes: object = {}) =>
  diagnosticsOf([{ ...host, ...changes }], [{ ...servers, ...group }]);
const textOf = (diagnostics: { code: string; message: string }[], code: string) =>
  diagnostics.find((one) => one.code === code)?.message ?? "";

describe("clients and the key groups of their host", () => {
  const editions = ["Education", "Education N", "Enterprise N", "Pro", "Pro N", "Pro for Workstations"];
  it("W56: the volume editions of Windows 11 are all served by the key of 2022, with one setup key for 10 and 11", () => {
    for (const edition of editions) {
      expectDiagnostics(said({ ...clients, edition }));
      expectDiagnostics(said({ ...clients, os: "Windows 10", edition }));
    }
  });

  it("W57: Windows 11 LTSC 2024 is listed for the key of 2025 alone, which older hosts take after an update", () => {
    const ltsc = { ...clients, os: "Windows 11 LTSC 2024", edition: "Enterprise LTSC" };
    expectDiagnostics(diagnosticsOf([hostOn("Windows Server 2025", "Windows Server 2025")], [ltsc]));
    expectDiagnostics(diagnosticsOf([hostOn("Windows Server 2022", "Windows Server 2025")], [ltsc]), [
      "warning",
      "KMS2207",
      "pc",
      /needs KB5034770 .* to take a key of the group Volume License for Windows Server 2025/,
    ]);
    expectDiagnostics(said(ltsc), [
      "warning",
      "KMS2204",
      "pc",
      /If it is refused, use a key of a group that lists it, Volume License for Windows Server 2025 \(on a server host\), or activate/,
    ]);
  });

  it("W58: where no group lists an edition, none is recommended", () => {
    for (const [edition, code] of [
      ["Pro Education", "KMS2204"],
      ["Enterprise G", "KMS2016"],
    ] as const) {
      const diagnostics = said({ ...clients, edition });
      expectDiagnostics(diagnostics, [
        "warning",
        code,
        "pc",
        /If it is refused, activate these machines in another way\.$/,
      ]);
    }
  });

  it("W59: a host with the build of the update needs nothing, and one with the build before it is too old", () => {
    const built = (osBuild: string) =>
      diagnosticsOf(
        [hostOn("Windows Server 2019", "Windows Server 2025", { assume: { osBuild } })],
        [{ ...servers, os: "Windows Server 2025" }],
      );
    expectDiagnostics(built("17763.5458"));
    expectDiagnostics(built("17763.5329"), [
      "error",
      "KMS2206",
      "web",
      /17763\.5329 .* older than KB5034768/,
    ]);
  });

  it("W60: of two hosts with keys of two generations, the one that cannot serve the members is named", () => {
    const old = { ...hostOn("Windows Server 2019", "Windows Server 2019"), name: "old" };
    const current = hostOn("Windows Server 2025", "Windows Server 2025");
    const mixed = diagnosticsOf(
      [old, current],
      [{ ...servers, os: "Windows Server 2025", hosts: ["old", "kms"], machines: members(40) }],
    );
    expectDiagnostics(mixed, ["error", "KMS2013", "web", /of the KMSHost old does not activate/]);
    assert.equal(mixed[0].path, "hosts[0]");
  });

  it("W61: the key of plain Windows Server 2012 R2 is not that for Windows 10", () => {
    const group = (keyGroup: string) => textOf(diagnosticsOf([{ ...host, key: { keyGroup } }]), "KMS2001");
    for (const name of ["Windows Server 2012 R2", "Windows Srv 2012R2 DataCtr/Std KMS"]) {
      assert.match(group(name), /a key of plain Windows Server 2012 R2 does not activate Windows 10/);
      assert.doesNotMatch(group(name), /Did you mean/);
    }
    assert.match(
      group("Srv 2012 R2 KMS for Windows 10"),
      /Did you mean "Volume license for "Windows Server 2012/,
    );
  });

  it("W62: a client operating system is a host of clients only, also beside a server", () => {
    const desktop = {
      ...hostOn("Windows 10 LTSC 2021", "Windows 10", { edition: "Enterprise LTSC" }),
      name: "desktop",
    };
    const diagnostics = diagnosticsOf(
      [desktop, host],
      [{ ...servers, hosts: ["desktop", "kms"], machines: members(40) }],
    );
    expectDiagnostics(diagnostics, ["error", "KMS2205", "web", /desktop runs Windows 10 LTSC 2021/]);
    const ten = { ...clients, os: "Windows 10", hosts: ["desktop"] };
    expectDiagnostics(diagnosticsOf([desktop], [ten]));
  });
});

describe("setup keys and editions as people write them", () => {
  it("W63: a setup key is the same in lower case and between blanks", () => {
    for (const setupKey of ["wx4nm-kywyw-qjjr4-xv3qb-6vm33", " WX4NM-KYWYW-QJJR4-XV3QB-6VM33 "]) {
      expectDiagnostics(said({ setupKey }));
    }
  });

  it("W64: the setup key of the Azure Edition is not that of Datacenter, nor is that of the release before", () => {
    const wrong = (setupKey: string) => textOf(said({ setupKey }), "KMS2012");
    assert.match(
      wrong("NTBV8-9K7Q8-V27C6-M2BTV-KHMXV"),
      /key of Windows Server 2022 Datacenter: Azure Edition/,
    );
    assert.match(
      wrong("WMDGN-G9PQG-XVVXX-R3X43-63DFG"),
      /key of Windows Server 2019 Datacenter, .* use WX4NM-/,
    );
  });

  it("W65: one wrong character makes another key of it, and the right one is given", () => {
    expectDiagnostics(said({ setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM34" }), [
      "error",
      "KMS2011",
      "web",
      /ending in 6VM34 is not a KMS client setup key of Windows Server 2022 Datacenter/,
      /use WX4NM-KYWYW-QJJR4-XV3QB-6VM33/,
    ]);
  });

  it("W66: session hosts are known by their EditionID, and the next step is said of their edition", () => {
    assert.match(
      textOf(said({ ...clients, edition: "ServerRdsh" }), "KMS2005"),
      /Did you mean "Enterprise multi-session"\?$/,
    );
    assert.match(
      textOf(said({ ...clients, edition: "Enterprise multi-session" }), "KMS2017"),
      /Use azureKms: true in place of hosts/,
    );
    const server = diagnosticsOf([{ ...host, os: "Windows 10", edition: "ServerRdsh" }]);
    assert.doesNotMatch(textOf(server, "KMS2005"), /multi-session/);
  });

  it("W67: editions without a setup key are told so, in each spelling", () => {
    for (const edition of ["Pro Single Language", "ProfessionalSingleLanguage", "Pro Country Specific"]) {
      assert.match(
        textOf(said({ ...clients, edition }), "KMS2005"),
        /Microsoft publishes no KMS client setup key for this edition\.$/,
      );
    }
  });
});

describe("counts, records and activations", () => {
  it("W68: twenty clients and five servers reach both thresholds, three and two that of servers", () => {
    const of = (server: number, client: number) =>
      diagnosticsOf(
        [host],
        [
          { ...servers, machines: members(server) },
          { ...clients, machines: members(client) },
        ],
      );
    expectDiagnostics(of(5, 20));
    expectDiagnostics(of(4, 20), ["warning", "KMS2211", "pc", /1 short, .* counted: web 4, pc 20\./]);
    const few = of(3, 2);
    expectDiagnostics(few, ["warning", "KMS2211", "pc", /20 short/]);
    assert.ok(few.every(({ resource }) => resource === "pc"));
  });

  it("W69: a host without a record where the members look is never asked, and counts none of them", () => {
    const branch = { ...host, name: "branch", zones: [{ zoneName: "branch.example" }] };
    const group = { ...servers, hosts: ["kms", "branch"], lookupDomain: "corp.example" };
    const diagnostics = diagnosticsOf([host, branch], [{ ...group, machines: members(8) }]);
    expectDiagnostics(diagnostics, [
      "warning",
      "KMS2218",
      "web",
      /the KMSHost branch is found in branch\.example alone and is never asked\. Add the zone to its zones/,
    ]);
    assert.deepEqual(
      diagnostics.map(({ code, path }) => `${code} ${path}`),
      ["KMS2218 hosts[1]"],
      "all eight ask the other one",
    );
    const both = { ...branch, zones: [...branch.zones, ...zones] };
    expectDiagnostics(diagnosticsOf([host, both], [{ ...group, machines: members(20) }]));
    // Without a zone in common the members are pinned, half of them to each.
    expectDiagnostics(
      diagnosticsOf([host, branch], [{ ...group, lookupDomain: undefined, machines: members(20) }]),
    );
  });

  it("W70: a host on another port is found by its record and by its name", () => {
    const port = { ...host, port: 1689 };
    const pinned = { ...servers, name: "pinned", discovery: "fixedHost" as const };
    expectDiagnostics(diagnosticsOf([port], [servers, pinned]));
  });

  it("W71: activations that cannot have been spent are refused, and those of six hosts are not", () => {
    const spent = (hosts: number, activations: number) =>
      diagnosticsOf([
        { ...host, key: { ...host.key, productKey: labKey, activationsSpent: { hosts, activations } } },
      ]);
    const wrong = spent(3, 2);
    expectDiagnostics(wrong, [
      "error",
      "KMS1003",
      "kms",
      /2 is not allowed\. Specify at least 3, one for each/,
    ]);
    assert.equal(wrong[0].path, "key.activationsSpent.activations");
    const [none] = spent(0, 5);
    assert.match(
      none.message,
      /key\.activationsSpent\.hosts: 0 is not allowed\. Specify the KMS hosts that took the 5/,
    );
    for (const [hosts, activations] of [
      [0, 0],
      [1, 1],
      [6, 60],
      // Microsoft can reset what a host spent.
      [1, 11],
    ]) {
      expectDiagnostics(spent(hosts, activations));
    }
  });

  it("W72: records of others divide members whose number is not known", () => {
    const foreign = [{ zoneName: "corp.example", foreignTargets: ["old.corp.example"] }];
    const open = { ...servers, machines: { scaleSetId: "/subscriptions/s/sets/a" } };
    const text = textOf(diagnosticsOf([host], [open], { zones: foreign }), "KMS2221");
    assert.match(text, /: old\.corp\.example; the members divide among 2 hosts, threshold 5\. /);
    assert.doesNotMatch(text, /\b0\b/);
  });

  it("W73: a member with retail media has no license, and its setup key is the remedy", () =>
    expectExplained("0x803F7001", "client", /no license/, /retail media/, /Install the setup key/));
});

describe("members in Azure without a KMS host of their own", () => {
  const azure = (os: string, edition: string) => ({
    name: "az",
    azureKms: true,
    os,
    edition,
    machines: { azureVmIds: ["/subscriptions/s/vms/a"] },
  });

  it("W74: session hosts, the Azure Edition and servers are activated by Azure, whatever they count", () => {
    for (const [os, edition] of [
      ["Windows 11", "Enterprise multi-session"],
      ["Windows Server 2025", "Datacenter: Azure Edition"],
      ["Windows Server 2016", "Standard"],
    ]) {
      expectDiagnostics(diagnosticsOf([], [azure(os, edition)]));
    }
  });

  it("W75: single-session clients need an agreement that covers it", () => {
    expectDiagnostics(diagnosticsOf([], [azure("Windows 10 LTSC 2021", "Enterprise LTSC")]), [
      "warning",
      "KMS2253",
      "az",
      /acknowledge KMS2253 if it covers your case/,
    ]);
  });

  it("W76: a machine that takes no run command is to be reached over SSH, or moved to a newer Windows", () => {
    const machines = { azureVmIds: Array.from({ length: 30 }, (_, place) => `/vms/${place}`) };
    const text = textOf(said({ ...clients, os: "Windows 8.1", machines }), "KMS2236");
    assert.match(text, /or move them to a newer release of Windows\.$/);
  });
});
