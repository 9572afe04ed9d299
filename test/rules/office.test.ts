import assert from "node:assert/strict";
import type { GroupFacts } from "../../provider/rules/facts";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup } from "../../provider/rules/rules";
import {
  azureMembers,
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  type HostChanges,
  labKey,
  members,
  messageOf,
  ofHost,
} from "./program";

const clients = (version: string, count: number, changes: GroupChanges = {}) =>
  group({
    name: "office",
    office: { version },
    os: undefined,
    edition: undefined,
    machines: members(count),
    ...changes,
  });
const on = (hostChanges: HostChanges, ...groups: GroupFacts[]) => diagnosticsOf([host(hostChanges)], groups);
const keys = (...versions: string[]) => ({ officeKeys: versions.map((office) => ({ office })) });

describe("Office clients", () => {
  it("R119: 4 are a warning, 5 are enough", () => {
    const diagnostics = on(keys("2019"), clients("2019", 4));
    assert.deepEqual(brief(diagnostics), ["office warning KMS2240 office"]);
    assert.match(
      messageOf(diagnostics, "KMS2240"),
      /count 4 machines with Office 2019, but the threshold is 5: 1 short/,
    );
    assert.match(messageOf(diagnostics, "KMS2240"), /the KMSHost kms can .*; counted: office 4\./);
    assert.deepEqual(on(keys("2019"), clients("2019", 5)), []);
  });

  it("A-10: have a count of their own for each version, over all groups of the host", () => {
    const both = keys("2019", "LTSC 2021");
    assert.deepEqual(
      on(both, clients("2019", 2, { name: "a" }), clients("Office 2019", 3, { name: "b" })),
      [],
    );
    const apart = on(
      both,
      clients("2019", 4, { name: "a" }),
      clients("LTSC 2021", 5, { name: "b" }),
      group({ machines: members(20) }),
    );
    assert.deepEqual(brief(apart), ["a warning KMS2240 office"]);
  });

  it("need a host key of their version on the host", () => {
    const diagnostics = on(keys("LTSC 2021"), clients("Office 2016", 9));
    assert.deepEqual(brief(diagnostics), ["office error KMS2239 hosts[0]"]);
    assert.match(
      messageOf(diagnostics, "KMS2239"),
      /KMSHost kms has no host key of Office 2016; .*download 49164/,
    );
  });

  it("need a host whose operating system can carry that key", () => {
    const old = { os: "Windows Server 2019", key: { keyGroup: "Windows Server 2019" }, ...keys("LTSC 2024") };
    const diagnostics = on(old, clients("Office LTSC 2024", 9));
    assert.deepEqual(
      brief(diagnostics),
      ["kms error KMS2238 officeKeys[0].office"],
      "said once, of the host",
    );
    assert.match(diagnostics[0].message, /Use a host that runs Windows Server 2025, Windows Server 2022/);
    const without = on({ ...old, officeKeys: undefined }, clients("Office LTSC 2024", 9));
    assert.deepEqual(brief(without), ["office error KMS2238 hosts[0]"]);
    assert.match(without[0].message, /Use a host that runs Windows Server 2025, Windows Server 2022/);
  });

  it("are of a version that the catalogue has", () => {
    const diagnostics = on({}, clients("Office 2007", 9));
    assert.deepEqual(brief(diagnostics), ["office error KMS2237 office.version"]);
    assert.match(
      messageOf(diagnostics, "KMS2237"),
      /Use Office LTSC 2024, Office LTSC 2021, Office 2019 or Office 2016\.$/,
    );
  });

  it("have their products in one host key, which has no product of its own", () => {
    const said = (version: string) => messageOf(on(keys(version)), "KMS2237");
    assert.match(
      said("Visio 2024"),
      /Did you mean "Office LTSC 2024"\? Its host key is for Project and Visio of this version, too\.$/,
    );
    assert.match(said("2024"), /Did you mean "Office LTSC 2024"\?$/);
    assert.match(
      messageOf(on(keys("LTSC 2024"), clients("Visio 2024", 9)), "KMS2237"),
      /Did you mean "Office LTSC 2024" with the product "Visio LTSC Professional 2024"\?$/,
    );
  });

  it("count once for all products of a version that they have", () => {
    const ssh = { machines: ["a", "b", "c"].map((name) => ({ host: `${name}.corp.example` })) };
    const product = (name: string, edition: string) =>
      clients("LTSC 2021", 0, {
        name,
        machines: { ssh },
        office: { version: "LTSC 2021", product: edition },
      });
    const diagnostics = diagnosticsOf(
      [host(keys("LTSC 2021"))],
      [
        product("visio", "Visio LTSC Professional 2021"),
        product("office", "Office LTSC Professional Plus 2021"),
      ],
    );
    assert.deepEqual(brief(diagnostics), ["visio warning KMS2240 office", "office warning KMS2240 office"]);
    assert.match(
      diagnostics[0].message,
      /expect to count 3 machines .* 2 short; .* counted: visio 3, office 3, machines in several groups once\./,
    );
  });

  it("are not judged while the size of a group is not known", () => {
    const unknown = clients("2019", 1, {
      name: "later",
      machines: { ssh: {} },
      unknown: ["machines.ssh.machines"],
    });
    assert.deepEqual(on(keys("2019"), clients("2019", 1), unknown), []);
  });

  it("name an edition that has a setup key, and take no other", () => {
    const of = (product: string, changes: GroupChanges = {}) =>
      on(
        keys("LTSC 2024"),
        clients("LTSC 2024", 9, { office: { version: "LTSC 2024", product }, ...changes }),
      );
    const suite = "Office LTSC Professional Plus 2024";
    assert.deepEqual(of(suite), []);
    const diagnostics = of("Datacenter");
    assert.deepEqual(brief(diagnostics), ["office error KMS2256 office.product"]);
    assert.match(
      messageOf(diagnostics, "KMS2256"),
      /Office LTSC 2024 has no edition or product "Datacenter" .*Use Office LTSC Professional Plus 2024, Office LTSC Standard 2024,/,
    );
    const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
    assert.deepEqual(brief(of(suite, { setupKey })), ["office error KMS2012 setupKey"]);
    const professionalPlus = on(keys("LTSC 2024"), clients("LTSC 2024", 9, { setupKey }));
    assert.deepEqual(brief(professionalPlus), ["office error KMS2012 setupKey"]);
  });

  it("run on a Windows that keeps the licenses of Office as well", () => {
    const diagnostics = on(keys("2016"), clients("2016", 9, { os: "Windows Server 2008 R2" }));
    assert.match(
      messageOf(diagnostics, "KMS2257"),
      /os: Office on Windows Server 2008 R2 has a licensing service/,
    );
    assert.deepEqual(on(keys("2016"), clients("2016", 9, { os: "Windows Server 2012" })), []);
  });

  it("may be members of a group of Windows clients too, and of one for each product", () => {
    const machines = azureMembers(5);
    const of = (name: string, product?: string) =>
      clients("LTSC 2024", 5, { name, office: { version: "LTSC 2024", product }, machines });
    const twice = (...groups: GroupFacts[]) =>
      on(keys("LTSC 2024"), ...groups).filter(({ code }) => code === "KMS2217").length;
    const plus = of("plus", "Office LTSC Professional Plus 2024");
    assert.equal(twice(group({ machines }), plus, of("visio", "Visio LTSC Standard 2024")), 0);
    assert.equal(twice(plus, of("again", "Office LTSC Professional Plus 2024")), 5);
    assert.equal(twice(plus, of("default")), 5);
  });

  it("are not what updates, families and editions of Windows are asked about", () => {
    const windows10 = {
      os: "Windows 10",
      edition: "Enterprise",
      key: { keyGroup: "Volume license for Windows 10" },
    };
    const servers = clients("LTSC 2024", 9, { os: "Windows Server 2022", edition: "Standard" });
    assert.deepEqual(on({ ...windows10, ...keys("LTSC 2024") }, servers), []);
  });

  it("are not judged by keys that are not declared, on a host that somebody else manages", () => {
    const foreign = { key: undefined, os: undefined, edition: undefined, readOnly: true };
    assert.deepEqual(on(foreign, clients("LTSC 2024", 2)), []);
    assert.deepEqual(brief(on({ ...foreign, ...keys("2019") }, clients("LTSC 2024", 9))), [
      "office error KMS2239 hosts[0]",
    ]);
    assert.deepEqual(on({ unknown: ["officeKeys"] }, clients("LTSC 2024", 9)), []);
  });

  it("are machines that exist, because no image that the package uses contains Office", () => {
    const reviewed = (changes: GroupChanges) =>
      reviewGroup(clients("LTSC 2024", 9, changes), programIndex()).filter(({ code }) => code === "KMS2255");
    const created = { os: "Windows Server 2022", edition: "Datacenter" };
    const [diagnostic] = reviewed({ ...created, machines: { create: { count: 9 } } });
    assert.equal(`${diagnostic.severity} ${diagnostic.path}`, "error machines.create");
    assert.match(
      diagnostic.message,
      /no volume edition of Office LTSC 2024. Specify machines that have Office in machines\.azureVmIds/,
    );
    const [scaleSet] = reviewed({ ...created, machines: { scaleSet: { capacity: 9 } } });
    assert.equal(scaleSet.path, "machines.scaleSet");
    assert.deepEqual(reviewed({ machines: azureMembers(9) }), []);
    assert.deepEqual(reviewed({ ...created, office: undefined, machines: { create: { count: 9 } } }), []);
  });
});

/** Invented: a real product key has at most one N. */
const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
const otherKey = "NKMSN-YFFNC-R2N2P-NBXTN-N3N3K";

describe("the Office host keys of a KMS host", () => {
  it("are one for each version, by its short or full name", () => {
    const officeKeys = [
      { office: "LTSC 2024", productKey: officeKey },
      { office: "Office LTSC 2021", productKey: otherKey },
    ];
    assert.deepEqual(ofHost({ key: { productKey: labKey }, officeKeys }), []);
    const twice = ofHost({
      officeKeys: [officeKeys[0], { office: "Office LTSC 2024", productKey: otherKey }],
    });
    assert.deepEqual(brief(twice), ["kms error KMS2110 officeKeys[1].office"]);
    assert.match(messageOf(twice, "KMS2110"), /Office LTSC 2024 already has a host key in officeKeys\[0\]/);
  });

  it("are of a version that the catalogue has", () => {
    const diagnostics = ofHost({ officeKeys: [{ office: "2007" }] });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2237 officeKeys[0].office"]);
    assert.match(messageOf(diagnostics, "KMS2237"), /"2007".*Use Office LTSC 2024,/);
  });

  it("need an operating system that can carry them", () => {
    const diagnostics = ofHost({
      key: undefined,
      os: "Windows Server 2019",
      officeKeys: [{ office: "LTSC 2024" }],
    });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2238 officeKeys[0].office"]);
    assert.match(
      messageOf(diagnostics, "KMS2238"),
      /kms runs Windows Server 2019, which .*Use a host that runs Windows Server 2025, Windows Server 2022/,
    );
  });

  it("need a Windows that keeps the licenses of Office as well", () => {
    const old = { os: "Windows Server 2008 R2", edition: "Standard", key: undefined };
    const diagnostics = ofHost({ ...old, officeKeys: [{ office: "2016" }] });
    assert.match(
      messageOf(diagnostics, "KMS2112"),
      /officeKeys\[0\].office: Office on Windows Server 2008 R2 has/,
    );
    assert.equal(messageOf(ofHost({ officeKeys: [{ office: "2016" }] }), "KMS2112"), "");
  });

  it("are other keys than that of Windows and those of other versions", () => {
    const asWindows = ofHost({
      key: { productKey: officeKey },
      officeKeys: [{ office: "2019", productKey: officeKey }],
    });
    assert.deepEqual(brief(asWindows), ["kms error KMS2111 officeKeys[0].productKey"]);
    assert.match(messageOf(asWindows, "KMS2111"), /key ending in N4N4K is the one of key\.productKey too/);
    const asOffice = ofHost({
      officeKeys: [
        { office: "2019", productKey: officeKey },
        { office: "2016", productKey: officeKey },
      ],
    });
    assert.match(
      messageOf(asOffice, "KMS2111"),
      /officeKeys\[1\].productKey: .* one of officeKeys\[0\].productKey/,
    );
    assert.ok(!messageOf(asOffice, "KMS2111").includes(officeKey));
  });

  it("have the form of a key, and are no client setup keys", () => {
    const short = ofHost({ officeKeys: [{ office: "2019", productKey: "N" }] });
    assert.deepEqual(brief(short), ["kms error KMS1101 officeKeys[0].productKey"]);
    const setupKey = "XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB";
    const setup = ofHost({ officeKeys: [{ office: "LTSC 2024", productKey: setupKey }] });
    assert.match(
      messageOf(setup, "KMS2008"),
      /GCVGB is the KMS client setup key of Office LTSC Professional Plus 2024,/,
    );
  });
});
