import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { kmsHostTree } from "../../../provider/component/argument-tree.generated";
import { openArguments } from "../../../provider/component/open-arguments";
import { validate } from "../../../provider/component/validate";
import type { KMSClientGroupValues, KMSHostValues } from "../../../provider/rules/args.generated";
import { programIndex } from "../../../provider/rules/program-index";
import { reviewHost } from "../../../provider/rules/rules";
import { labKey } from "../program";

const resources = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.";
const subnetId = `${resources}Network/virtualNetworks/vnet/subnets/hosts`;
const zoneId = (name: string) => `${resources}Network/privateDnsZones/${name}`;
const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests" };
const os = "Windows Server 2022";
const key = { keyGroup: os, productKey: labKey };
const host = (changes: KMSHostValues = {}): KMSHostValues => ({ key, os, machine: { create }, ...changes });
const made = (changes: object) => host({ machine: { create: { ...create, ...changes } } });
const group = (machines: KMSClientGroupValues["machines"], changes: KMSClientGroupValues = {}) => ({
  azureKms: true,
  os,
  edition: "Datacenter",
  machines,
  ...changes,
});

/** Errors and warnings as `code path`. */
const brief = (diagnostics: readonly { code: string; severity: string; path: string }[]) =>
  diagnostics.filter(({ severity }) => severity !== "info").map(({ code, path }) => `${code} ${path}`);
const ofHost = (args: KMSHostValues, name = "kms") => validate({ hosts: { [name]: args } });
const ofGroup = (args: KMSClientGroupValues, name = "web") => validate({ groups: { [name]: args } });

describe("what Azure refuses of machines that are created", () => {
  it("is said of each argument, once, and not of a machine without a fault", () => {
    assert.deepEqual(brief(ofHost(host())), []);
    const wrong = {
      resourceGroupName: "rg.",
      adminUsername: "root",
      adminPassword: "aaaaaaaaaaaaaa",
      location: "west-europe",
      size: "Standard_A2_v2",
    };
    assert.deepEqual(brief(ofHost(made(wrong))), [
      "KMS2128 machine.create.resourceGroupName",
      "KMS2131 machine.create.adminUsername",
      "KMS2132 machine.create.adminPassword",
      "KMS2126 machine.create.location",
      "KMS2125 machine.create.size",
    ]);
    const codes = [2128, 2131, 2132, 2126, 2125].map((code) => `KMS${code}`);
    const created = brief(ofGroup(group({ create: { ...create, ...wrong, count: 2 } })));
    assert.deepEqual(
      created.map((text) => text.slice(0, 7)),
      codes,
    );
    const set = brief(ofGroup(group({ scaleSet: { ...create, ...wrong, capacity: 2 } })));
    assert.deepEqual(
      set.slice(0, 5).map((text) => text.slice(0, 7)),
      codes,
    );
  });

  it("tells what would fit", () => {
    const messageOf = (changes: object) => ofHost(made(changes))[0]?.message ?? "";
    assert.match(
      messageOf({ size: "Standard_E2_v5", osDiskType: "Premium_LRS" }),
      /"Standard_E2_v5": it takes no Premium_LRS disk\. Specify a size with an s .*or osDiskType "StandardSSD_LRS"/,
    );
    assert.match(messageOf({ size: "Standard_D2ps_v5" }), /Arm processors.*Specify a size for x64/);
    assert.equal(messageOf({ size: "Standard_E4-2s_v5" }), "");
  });

  it("looks at what the program says of an image of its own", () => {
    const own = (trustedLaunch?: boolean) =>
      brief(ofHost(made({ size: "Standard_D2_v3", image: { id: "/images/golden", trustedLaunch } })));
    assert.deepEqual(own(), ["KMS2125 machine.create.size"]);
    assert.deepEqual(own(false), []);
  });

  it("is not said of Arm processors where the image may be one for them", () => {
    const of = (image: object) => brief(ofHost(made({ size: "Standard_D2ps_v5", image })));
    const named = { publisher: "MicrosoftCorp", offer: "windows11preview-arm64" };
    const id = `${resources}Compute/galleries/g/images/win11-24h2-ent-arm64/versions/1.0.0`;
    assert.deepEqual(of({ id }), []);
    assert.deepEqual(of({ ...named, sku: "win11-24h2-ent-arm64" }), []);
    assert.deepEqual(of({ ...named, sku: "win11-24h2-ent" }), ["KMS2125 machine.create.size"]);
  });

  it("is not said of a size where the image is not known", () => {
    const unknownOs = {
      name: "kms",
      args: { ...made({ size: "Standard_D2_v3" }), os: undefined },
      unknown: new Set(["os"]),
    };
    const codes = reviewHost(unknownOs, programIndex()).map(({ code }) => code);
    assert.ok(!codes.includes("KMS2125"), codes.join());
  });

  it("is said of names that are made from the name of the resource", () => {
    assert.deepEqual(brief(ofHost(host(), "kms host")), ["KMS2127 "]);
    assert.deepEqual(brief(ofHost(host(), "k".repeat(53))), []);
    assert.deepEqual(brief(ofHost(host(), "k".repeat(54))), ["KMS2127 "]);
    const [error] = ofHost(host(), "_kms");
    assert.match(
      error.message,
      /^KMS2127 this resource creates _kms-nsg… in Azure, a name that Azure does not accept: names in Microsoft\.Network/,
    );
    const set = { ...create, capacity: 1 };
    assert.deepEqual(brief(ofGroup(group({ scaleSet: set }), "web farm")).slice(0, 1), ["KMS2127 "]);
    assert.ok(
      !brief(ofGroup(group({ scaleSet: { ...set, name: "farm" } }), "web farm")).includes("KMS2127 "),
    );
  });

  it("is never said of what is not known, and shows no secret", async () => {
    const unknown = pulumi.output(pulumi.unknown) as never;
    const secret = (text: string) => pulumi.secret(text) as never;
    const reviewed = async (args: object) => {
      const {
        values,
        unknown: paths,
        isSecret,
      } = await openArguments<unknown, KMSHostValues>(args, kmsHostTree);
      return reviewHost({ name: "kms", args: values, unknown: paths, isSecret }, programIndex());
    };
    const notKnown = {
      ...create,
      adminUsername: unknown,
      adminPassword: unknown,
      size: unknown,
      location: unknown,
    };
    assert.deepEqual(
      brief(
        await reviewed({ ...host(), machine: { create: notKnown }, tags: unknown, clientPrefixes: unknown }),
      ),
      [],
    );
    const said = await reviewed({
      ...host(),
      machine: {
        create: {
          ...create,
          adminUsername: secret("hidden@corp"),
          size: secret("hiddensize"),
          location: secret("hidden-place"),
        },
      },
      tags: pulumi.secret({ "hidden/name": "hidden-value", HIDDEN: "a", hidden: "b" }),
      clientPrefixes: pulumi.secret(["10.77.0.1/16", "10.78.0.0/16", "10.78.1.0/24", "fd77::/16", "9.9.9.9"]),
    });
    const text = said.map(({ message }) => message).join("\n");
    const codes = ["KMS2102", "KMS2117", "KMS2119", "KMS2120", "KMS2122", "KMS2125", "KMS2126", "KMS2131"];
    assert.deepEqual([...new Set(said.map(({ code }) => code))].sort(), codes);
    assert.doesNotMatch(text, /hidden|10\.7[78]|fd77|9\.9\.9/i);
  });
});

describe("what Azure refuses of client prefixes", () => {
  const of = (clientPrefixes: string[], changes: KMSHostValues = {}) =>
    ofHost(host({ clientPrefixes, ...changes }));

  it("is one message for each overlap, with the widest prefix", () => {
    const diagnostics = of(["10.1.1.1", "10.1.1.0/24", "10.1.0.0/16", "10.2.0.0/16", "10.2.0.0/16"]);
    assert.deepEqual(brief(diagnostics), ["KMS2119 clientPrefixes[0]", "KMS2119 clientPrefixes[4]"]);
    assert.match(diagnostics[0].message, /10\.1\.1\.1 and 10\.1\.1\.0\/24 lie inside 10\.1\.0\.0\/16/);
    assert.match(diagnostics[1].message, /10\.2\.0\.0\/16 is listed 2 times.*Leave it out/);
  });

  it("says one thing of a prefix that lets the Internet in, until that is accepted", () => {
    assert.deepEqual(brief(of(["10.1.0.0/16", "0.0.0.0/0"])), ["KMS2102 clientPrefixes[1]"]);
    const acknowledge = [{ code: "KMS2102", reason: "a test" }];
    assert.deepEqual(brief(of(["10.1.0.0/16", "0.0.0.0/0"], { acknowledge })), [
      "KMS2119 clientPrefixes[0]",
      "KMS2102 clientPrefixes[1]",
    ]);
  });

  it("is their number", () => {
    const prefixes = (count: number) =>
      Array.from({ length: count }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`);
    assert.deepEqual(brief(of(prefixes(4000))), []);
    assert.deepEqual(brief(of(prefixes(4001))), ["KMS2121 clientPrefixes"]);
  });

  it("is nothing of a machine that exists, whose security group the package does not change", () => {
    const machine = { azureVmId: `${resources}Compute/virtualMachines/vm` };
    assert.deepEqual(brief(of(["10.1.0.1/16", "fd00::/48"], { machine })), ["KMS2114 clientPrefixes"]);
  });

  it("is one message for 99,999 equal faults", () => {
    const wrong = (count: number) =>
      Array.from(
        { length: count },
        (_, n) => `10.${(n >> 14) & 255}.${(n >> 6) & 255}.${((n & 63) << 2) | 1}/30`,
      );
    const diagnostics = of(wrong(99_999));
    assert.deepEqual(
      brief(diagnostics).filter((text) => text.startsWith("KMS2120")),
      ["KMS2120 clientPrefixes[0]"],
    );
    assert.match(
      diagnostics.find(({ code }) => code === "KMS2120")!.message,
      /The same applies to 99,998 more items/,
    );
    const ids = Array.from(
      { length: 99_999 },
      (_, n) => `/subscriptions/s/resourceGroups/rg./providers/Microsoft.Compute/virtualMachines/vm${n}`,
    );
    const [first, ...others] = ofGroup(group({ azureVmIds: ids }));
    assert.equal(`${first.code} ${first.path}`, "KMS2128 machines.azureVmIds[0]");
    assert.ok(!others.some(({ code }) => code === "KMS2128"));
    const twice = ids.map((id) => id.replace("rg./", "rg/").replace(/vm\d*[1-9]$/, "vm0"));
    const repeated = ofGroup(group({ azureVmIds: twice })).filter(({ code }) => code === "KMS2217");
    assert.match(
      repeated.map(({ message }) => message).join("\n"),
      /^KMS2217 .* The same applies to 8\d,\d{3} more items: \S+, \S+ and others\.$/,
    );
    const inTheOpen = of(wrong(99_999).map((prefix) => prefix.replace(/^10\./, "8.")));
    assert.deepEqual(brief(inTheOpen), ["KMS2102 clientPrefixes[0]"]);
  });
});

describe("what Azure refuses of tags", () => {
  const tags = { "a/b": "1", Env: "x", env: "y", note: "v".repeat(257), azureOwner: "z", "": "" };

  it("is said of a host and a group in Azure, by the name of the tag", () => {
    const expected = [
      'KMS2122 tags["a/b"]',
      "KMS2122 tags.env",
      "KMS2122 tags.note",
      'KMS2122 tags[""]',
      "KMS2124 tags.azureOwner",
    ];
    const four = ['KMS2122 tags["a/b"]', "KMS2124 tags.azureOwner"];
    assert.deepEqual(brief(ofHost(host({ tags }))), four);
    const { "": _, ...three } = tags;
    assert.deepEqual(
      brief(ofHost(host({ tags: three }))),
      expected.filter((text) => !text.includes('""')),
    );
    const azureVmIds = [`${resources}Compute/virtualMachines/vm`];
    assert.deepEqual(brief(ofGroup(group({ azureVmIds }, { tags: { "a/b": "" } }))), ['KMS2122 tags["a/b"]']);
  });

  it("is their number, and nothing where no resource in Azure gets them", () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`tag${n}`, ""]));
    assert.deepEqual(brief(ofHost(host({ tags: many }))), ["KMS2123 tags"]);
    const readOnly = host({ machine: { fqdn: "kms.corp.example" }, readOnly: true, tags: { "a/b": "" } });
    assert.deepEqual(brief(ofHost(readOnly)), []);
  });
});

describe("what Azure refuses of private DNS zones", () => {
  const zone = (zoneName: string) => ({ zoneName, azurePrivateZoneId: zoneId(zoneName) });

  it("is a name that Azure keeps for itself", () => {
    assert.deepEqual(brief(ofHost(host({ zones: [zone("windows.net")] }))), [
      "KMS2129 zones[0].azurePrivateZoneId",
    ]);
    assert.deepEqual(brief(ofHost(host({ zones: [zone("corp.example")] }))), []);
  });

  it("is the twenty-first host in one record set, said once", () => {
    const hosts = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [
          `kms${n}`,
          host({
            zones: [zone("corp.example")],
            key: { ...key, hostLimitException: { hosts: 30, reference: "invented" } },
          }),
        ]),
      );
    const of = (count: number) => validate({ hosts: hosts(count) }).filter(({ code }) => code === "KMS2130");
    assert.deepEqual(of(20), []);
    const [error, ...others] = of(22);
    assert.equal(`${error.resource} ${error.path}`, "kms20 zones[0].azurePrivateZoneId");
    assert.match(error.message, /22 KMS hosts .* in the zone corp\.example, and Azure allows 20 records/);
    assert.deepEqual(others, []);
  });

  it("is a resource group in an ID that cannot exist", () => {
    const azurePrivateZoneId = zoneId("corp.example").replace("/rg/", "/rg./");
    assert.deepEqual(brief(ofHost(host({ zones: [{ zoneName: "corp.example", azurePrivateZoneId }] }))), [
      "KMS2128 zones[0].azurePrivateZoneId",
    ]);
  });
});
