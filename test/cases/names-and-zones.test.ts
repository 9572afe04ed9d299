import assert from "node:assert/strict";
import { Discovery, type KMSHostValues, RecordPublisher, validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { codes, createdServers, existingHost, idOf } from "./azure-program";
import { expectDiagnostics } from "./expect";
import { host, link, peered, servers, subnet, vnet, zone, zoneId } from "./landing-zone";

/*
 * Names by which clients find a KMS host, in zones of many kinds.
 */

const hosts = idOf.subnet("hosts", "spoke");
const web = idOf.subnet("web", "spoke");
const networks = [
  vnet("spoke", "10.2.0.0/16"),
  subnet("hosts", "spoke", "10.2.1.0/24"),
  subnet("web", "spoke", "10.2.2.0/24"),
];
const recordSet = (recordType: string, relativeRecordSetName: string, args: object = {}): AzureResource => ({
  type: "azure-native:privatedns:PrivateRecordSet",
  name: "own",
  args: {
    resourceGroupName: "dns",
    privateZoneName: "corp.example",
    recordType,
    relativeRecordSetName,
    ...args,
  },
});

// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/deployment-operation-ad-domains
describe("N34: a domain of one label", () => {
  const of = (args: object) =>
    validate({
      hosts: { kms: existingHost("kms1", { zones: [{ zoneName: "corp", ...args }] }) },
      groups: { web: createdServers({ hosts: ["kms"], assume: { domainJoined: true } }) },
    }).filter(({ code }) => code !== "KMS2226" && code !== "KMS5041");

  it("is possible, and named as what it is", () => {
    for (const way of [
      { dynamicUpdate: { servers: ["10.0.0.4"] } },
      { publishedBy: RecordPublisher.Windows },
    ]) {
      expectDiagnostics(of(way), [
        "warning",
        "KMS5048",
        "kms",
        /zones\[0\]\.zoneName: corp is a zone of one label, to which Windows sends no dynamic updates unless UpdateTopLevelDomainZones is set/,
      ]);
    }
  });

  it("is no private zone of Azure", () => {
    const azurePrivateZoneId = zoneId.replace("corp.example", "corp");
    assert.deepEqual(codes(of({ azurePrivateZoneId })), ["error KMS2129"]);
  });
});

describe("N35: records of the program beside those of a host", () => {
  const of = (args: KMSHostValues, ...resources: AzureResource[]) =>
    validate({
      hosts: host(hosts, args),
      groups: servers(web),
      resources: [...networks, zone, link("spoke"), ...resources],
    }).filter(({ code }) => code !== "KMS2226");
  const zones = (more: object = {}) => [{ zoneName: "corp.example", azurePrivateZoneId: zoneId, ...more }];

  it("may not be an alias where the SRV record points", () => {
    const alias = recordSet("CNAME", "kms", { cnameRecord: { cname: "kms01.corp.example" } });
    const said = validate({
      hosts: { kms: existingHost("kms1", { zones: zones({ target: "kms.corp.example" }) }) },
      resources: [zone, alias],
    });
    expectDiagnostics(said, [
      "warning",
      "KMS5049",
      "kms",
      /zones\[0\]\.target: kms\.corp\.example is an alias in the zone, by the resource "own"/,
    ]);
    const other = recordSet("CNAME", "activation", { cnameRecord: { cname: "kms.corp.example" } });
    assert.deepEqual(of({}, other), []);
  });

  it("have one owner, also the address of the host", () => {
    const address = recordSet("A", "kms", { aRecords: [{ ipv4Address: "10.2.1.4" }] });
    expectDiagnostics(of({}, address), [
      "error",
      "KMS2275",
      "kms",
      /the resource "own" writes the record set kms\.corp\.example as a whole .* or set addressRecord of the zone to false/,
    ]);
    assert.deepEqual(of({ zones: zones({ addressRecord: false }) }, address), []);
    assert.deepEqual(of({}, recordSet("A", "web", { aRecords: [{ ipv4Address: "10.2.2.4" }] })), []);
  });
});

describe("N42: who takes the updates of a zone", () => {
  const of = (args: KMSHostValues, ...resources: AzureResource[]) =>
    validate({ hosts: host(hosts, args), resources }).filter(({ severity }) => severity !== "info");
  const updatedBy = (...given: string[]) => [{ zoneName: "corp.example", dynamicUpdate: { servers: given } }];

  it("is not Azure's own DNS", () => {
    for (const given of ["168.63.129.16", "168.63.129.16:53"]) {
      expectDiagnostics(of({ zones: updatedBy("10.0.0.4", given) }), [
        "error",
        "KMS1003",
        "kms",
        /zones\[0\]\.dynamicUpdate\.servers\[1\]: .* Azure's own DNS takes no updates: a private DNS zone is named by azurePrivateZoneId/,
      ]);
    }
    assert.deepEqual(of({ zones: updatedBy("168.63.129.160") }), []);
  });
});

// Source: https://learn.microsoft.com/azure/virtual-network/how-to-configure-subnet-peering
describe("N36: a peering of some subnets", () => {
  const of = (...names: string[]) =>
    validate({
      hosts: host(idOf.subnet("hosts", "shared")),
      groups: servers(web),
      resources: [
        ...networks,
        vnet("shared", "10.9.0.0/16"),
        subnet("hosts", "shared", "10.9.1.0/24"),
        ...peered("spoke", "shared").map(({ args, ...rest }) => {
          const isLocal = rest.name.startsWith("spoke");
          return {
            ...rest,
            args: {
              ...args,
              peerCompleteVnets: false,
              localSubnetNames: isLocal ? names : ["hosts"],
              remoteSubnetNames: isLocal ? ["hosts"] : names,
            },
          };
        }),
      ],
    }).filter(({ code }) => code !== "KMS2226");

  it("connects those that it names", () => {
    assert.deepEqual(of("web"), []);
  });

  it("leaves the others apart", () => {
    expectDiagnostics(of("app"), [
      "warning",
      "KMS2282",
      "web",
      /the peering "spoke-to-shared" connects other subnets alone \(peerCompleteVnets false\), so the subnet "web" does not reach the KMSHost kms/,
    ]);
  });
});

describe("N44: networks that overlap", () => {
  it("cannot be peered", () => {
    const of = (space: string) =>
      validate({
        hosts: host(idOf.subnet("hosts", "shared")),
        groups: servers(web),
        resources: [
          ...networks,
          vnet("shared", space),
          subnet("hosts", "shared", "10.9.1.0/24"),
          ...peered("spoke", "shared"),
        ],
      }).filter(({ severity }) => severity !== "info");
    expectDiagnostics(of("10.0.0.0/8"), [
      "warning",
      "KMS2282",
      "web",
      /the address spaces of "spoke" and "shared" overlap, and Azure refuses to peer them, so the subnet "web" does not reach/,
    ]);
    assert.deepEqual(of("10.9.0.0/16"), []);
  });
});

// Source: https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links
describe("N39: members that are pinned to a host by its name in a private zone", () => {
  const of = (linked: string, args: KMSHostValues = {}) =>
    validate({
      hosts: host(hosts, args),
      groups: servers(web, { discovery: Discovery.FixedHost }),
      resources: [...networks, vnet("shared", "10.9.0.0/16"), zone, link(linked)],
    }).filter(({ code }) => code !== "KMS2226");

  it("do not find it where the zone is not linked to their network", () => {
    expectDiagnostics(of("shared"), [
      "warning",
      "KMS2274",
      "web",
      /the private DNS zone "corp" is linked to no virtual network of the members: the virtual network "spoke"/,
    ]);
    assert.deepEqual(of("spoke"), []);
  });
});
