import assert from "node:assert/strict";
import { type KMSHostValues, validate, type ZoneFacts } from "../../provider";
import type { AzureResource } from "../../provider";
import {
  codes,
  createdHost,
  createdServers,
  idOf,
  network,
  ofHost,
  subnet,
  virtualNetwork,
} from "./azure-program";
import { expectDiagnostics, expectExplained } from "./expect";

const vm = (name: string) => idOf.machine(name);
const joined: KMSHostValues = { machine: { azureVmId: vm("kms") }, clientPrefixes: undefined };
const ofOne = (args: KMSHostValues, resources: AzureResource[] = [], zones: ZoneFacts[] = []) =>
  validate({ hosts: { kms: createdHost(args) }, resources, zones });
const extension = (type: string, vmName: string): AzureResource => ({
  type: "azure-native:compute/v20240701:VirtualMachineExtension",
  name: "join",
  args: { vmName, publisher: "Microsoft.Compute", type },
});

describe("K27: firewall profiles and domains", () => {
  it("K27: at preview a created machine is in the profile Public", () => {
    for (const [firewallProfiles, words] of [
      [["Domain", "Private"], "Domain and Private"],
      [["Domain"], "Domain"],
    ] as const) {
      expectDiagnostics(ofOne({ firewallProfiles: [...firewallProfiles] }), [
        "error",
        "KMS2115",
        "kms",
        new RegExp(`the machine is in no domain, .* Public, but .* for ${words} only: nobody can reach it`),
        /Add Public, or leave firewallProfiles out/,
      ]);
    }
    for (const args of [{}, { firewallProfiles: ["Domain", "Public"] as ("Domain" | "Public")[] }]) {
      assert.deepEqual(ofOne(args), []);
    }
  });

  it("K27: at preview a machine of the domain may leave Public out", () => {
    const profiles = { firewallProfiles: ["Domain", "Private"] as ("Domain" | "Private")[] };
    assert.deepEqual(ofOne({ ...joined, ...profiles }), []);
    assert.deepEqual(ofOne({ ...profiles, assume: { domainJoined: true } }), []);
    assert.deepEqual(codes(ofOne({ ...joined, ...profiles, assume: { domainJoined: false } })), [
      "error KMS2115",
    ]);
    const ssh = { host: "kms1", user: "admin", hostKeyFingerprint: `SHA256:${"a".repeat(43)}` };
    const outside = { machine: { ssh }, clientPrefixes: undefined, assume: { domainJoined: false } };
    assert.deepEqual(ofOne({ ...outside, ...profiles }), [], "its network may be Private");
    assert.deepEqual(codes(ofOne({ ...outside, firewallProfiles: ["Domain"] })), ["error KMS2115"]);
  });

  it("K27: at preview an extension that joins some machine leaves it open which one", () => {
    const profiles = { firewallProfiles: ["Domain" as const] };
    assert.deepEqual(ofOne(profiles, [extension("JsonADDomainExtension", "kms")]), []);
    assert.deepEqual(codes(ofOne(profiles, [extension("BGInfo", "kms")])), ["error KMS2115"]);
  });
});

describe("K28: the record of a retired host", () => {
  const members = createdServers({ hosts: ["kms"], discovery: "dns", lookupDomain: "corp.example" }, 5);
  const host = createdHost({
    zones: [
      { zoneName: "corp.example", azurePrivateZoneId: idOf.network("privateDnsZones", "corp.example") },
    ],
  });
  const zones = [{ zoneName: "corp.example", foreignTargets: ["kms2012.corp.example"] }];

  it("K28: at each preview it is named, and can be acknowledged", () => {
    const review = (acknowledge: object[] = []) =>
      validate({
        hosts: { kms: host },
        groups: { web: { ...members, acknowledge: acknowledge } },
        zones,
      });
    expectDiagnostics(review(), [
      "warning",
      "KMS2221",
      "web",
      /corp\.example names KMS hosts that the program does not declare: kms2012\.corp\.example/,
      /The records are kept/,
      /KMS clients again .* then remove their records/,
    ]);
    const [said] = review([{ code: "KMS2221", reason: "decommissioned in May" }]).filter(
      ({ code }) => code === "KMS2221",
    );
    assert.equal(said.severity, "info");
  });
});

describe("K29: zones that take secure updates only", () => {
  const dynamicUpdate = { servers: ["dc1.corp.example"] };
  const zone = (changes: object = {}) => [{ zoneName: "corp.example", dynamicUpdate, ...changes }];

  it("K29: at preview the way for a member of the domain is named", () => {
    for (const machineOf of [{}, joined]) {
      expectDiagnostics(ofOne({ ...machineOf, zones: zone() }), [
        "info",
        "KMS5041",
        "kms",
        /zones\[0\]\.dynamicUpdate: zones of Active Directory usually take secure updates only/,
        /use publishedBy: "windows"/,
        /make the record by hand\. Do not open the zone/,
      ]);
    }
    const tsig = { keyName: "kms", secret: "c2VjcmV0" };
    assert.deepEqual(ofOne({ zones: zone({ dynamicUpdate: { ...dynamicUpdate, tsig } }) }), []);
    assert.deepEqual(ofOne({ ...joined, zones: zone({ publishedBy: "windows" }) }), []);
    assert.deepEqual(ofOne({ zones: [{ zoneName: "a.example", publishedBy: "windows" }] }), []);
  });

  it("K29: at preview signing by Kerberos is refused with the way that there is", () => {
    for (const name of ["gssapi", "gssTsig", "kerberos"]) {
      const [said] = ofOne({
        zones: zone({ dynamicUpdate: { ...dynamicUpdate, [name]: { realm: "CORP" } } }),
      });
      assert.equal(said.code, "KMS1001");
      assert.match(said.message, /Updates signed by Kerberos are not supported/);
      assert.match(said.message, /publishedBy: "windows"/);
    }
    const [other] = ofOne({ zones: zone({ dynamicUpdate: { ...dynamicUpdate, keyring: "a" } }) });
    assert.doesNotMatch(other.message, /Kerberos/);
  });
});

describe("K37: a new host without a record where its clients look", () => {
  const fresh = (changes: KMSHostValues = {}) =>
    createdHost({
      machine: { azureVmId: vm("kms"), fqdn: "kms-new.new.corp.example" },
      clientPrefixes: undefined,
      ...changes,
    });
  const clients = (args: object = {}) => ({
    hosts: ["kms-new"],
    discovery: "dns" as const,
    lookupDomain: "corp.example",
    os: "Windows 10",
    edition: "Enterprise",
    machines: { azureVmIds: Array.from({ length: 80 }, (_, index) => vm(`client${index}`)) },
    ...args,
  });
  const review = (host: KMSHostValues, group: object = {}, zones: ZoneFacts[] = []) =>
    validate({ hosts: { "kms-new": host }, groups: { desks: clients(group) }, zones }).filter(
      ({ severity }) => severity !== "info",
    );

  it("K37: at preview its clients will not find it", () => {
    expectDiagnostics(
      review(fresh()),
      [
        "error",
        "KMS2276",
        "desks",
        /look for KMS hosts in corp\.example, but the KMSHost kms-new has its record in new\.corp\.example alone/,
        /Add corp\.example to zones of the host/,
      ],
      ["warning", "KMS2209", "desks", /80/],
    );
    const bySuffix = review(fresh(), {
      lookupDomain: undefined,
      assume: { domainJoined: true, dnsSuffix: "corp.example" },
    });
    assert.ok(codes(bySuffix).includes("error KMS2276"));
    const inNone = review(createdHost(), { assume: { domainJoined: true } });
    assert.match(
      inNone.find(({ code }) => code === "KMS2276")!.message,
      /the KMSHost kms-new is in no domain and publishes no record/,
    );
  });

  it("K37: at preview nothing is said of a host that is found", () => {
    const found = (host: KMSHostValues, group: object = {}, zones: ZoneFacts[] = []) =>
      review(host, group, zones).filter(({ code }) => code === "KMS2276");
    assert.deepEqual(found(fresh(), { lookupDomain: "new.corp.example" }), []);
    assert.deepEqual(found(fresh({ zones: [{ zoneName: "corp.example", publishedBy: "windows" }] })), []);
    assert.deepEqual(found(fresh({ machine: { azureVmId: vm("kms") } })), [], "its domain is not known");
    assert.deepEqual(found(fresh(), { discovery: "fixedHost", lookupDomain: undefined }), []);
    const byHand = [{ zoneName: "corp.example", foreignTargets: ["KMS-new.new.corp.example."] }];
    assert.deepEqual(found(fresh(), {}, byHand), []);
  });

  it("K37: at preview the record of the old host is named, and at update a missing one is explained", () => {
    const zones = [{ zoneName: "corp.example", foreignTargets: ["kms-old.corp.example"] }];
    const [said] = review(fresh(), {}, zones).filter(({ code }) => code === "KMS2221");
    assert.match(said.message, /kms-old\.corp\.example.* The records are kept/);
    expectExplained("0x8007232B", "client", /no SRV record for KMS in the zone/);
  });
});

describe("R129: what the program declares of its zones", () => {
  const zone = network("PrivateZone", "corp", { privateZoneName: "corp.example" });
  const link = (name: string, virtualNetwork: string) => ({
    type: "azure-native:privatedns:VirtualNetworkLink",
    name,
    args: {
      privateZoneName: "corp.example",
      virtualNetwork: { id: idOf.network("virtualNetworks", virtualNetwork) },
    },
  });
  const host = createdHost({
    zones: [
      { zoneName: "corp.example", azurePrivateZoneId: idOf.network("privateDnsZones", "corp.example") },
    ],
  });
  const of = (...resources: AzureResource[]) => ofHost([subnet("hosts"), subnet("web"), ...resources], host);
  const hub = network("VirtualNetwork", "hub", { virtualNetworkName: "hub" });

  it("R129: warns of a private zone without a link to the members' network", () => {
    for (const resources of [[zone], [zone, hub, link("to-hub", "hub")]]) {
      expectDiagnostics(of(...resources), [
        "warning",
        "KMS2274",
        "web",
        /the private DNS zone "corp" is linked to no virtual network of the members: the virtual network "vnet"/,
      ]);
    }
    assert.deepEqual(of(zone, link("to-members", "vnet")), []);
    assert.deepEqual(of(zone, link("elsewhere", "of-another-stack")), []);
    assert.deepEqual(of(), [], "a zone of another stack");
  });

  it("R129: leaves networks with DNS servers of their own to these", () => {
    const own = (links: AzureResource[]) =>
      validate({
        hosts: { kms: host },
        groups: { web: createdServers({ hosts: ["kms"] }) },
        resources: [
          virtualNetwork({ dhcpOptions: { dnsServers: ["10.20.0.4"] } }),
          ...[subnet("hosts"), subnet("web"), zone, hub, ...links],
        ],
      }).filter(({ code }) => code === "KMS2274");
    assert.deepEqual(own([link("to-hub", "hub")]), []);
    assert.equal(own([]).length, 1);
  });

  it("R129: refuses a record set that two resources would own", () => {
    const set = (args: object = {}) => ({
      type: "azure-native:privatedns/v20240601:PrivateRecordSet",
      name: "srv",
      args: {
        privateZoneName: "corp.example",
        recordType: "SRV",
        relativeRecordSetName: "_vlmcs._tcp",
        ...args,
      },
    });
    expectDiagnostics(of(set()), [
      "error",
      "KMS2275",
      "kms",
      /zones\[0\]: the resource "srv" writes the record set _vlmcs\._tcp\.corp\.example as a whole/,
    ]);
    for (const other of [
      { recordType: "A" },
      { relativeRecordSetName: "_ldap._tcp" },
      { privateZoneName: "b.example" },
    ]) {
      assert.deepEqual(of(set(other)), []);
    }
  });
});
