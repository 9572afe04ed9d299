import fc from "fast-check";
import { findServing, keyGroups } from "../../provider/catalog/key-groups";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { updateHistories } from "../../provider/catalog/updates";
import type { GroupFacts, HostFacts } from "../../provider/rules/facts";

/*
 * Programs as somebody might write them: right in most respects, wrong in some, and with everything known.
 */

export interface PlausibleProgram {
  hosts: HostFacts[];
  groups: GroupFacts[];
  today: string;
}

const windowsGroups = keyGroups().filter(({ application }) => application === "windows");
const systems = operatingSystems().flatMap((os) => os.editions.map((edition) => ({ os, edition })));
const some = { requiredKeys: [] };
const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
/** Invented: real product keys have at most one N. */
const hostKeys = ["NKMSN-WSNHN-R2N2P-NBXTN-N2W2K", "NKMSN-WSNHN-R2N2P-NBXTN-N3W3K"];

const image = fc.record(
  { evaluation: fc.boolean(), generalized: fc.boolean(), skipRearm: fc.boolean() },
  some,
);
const network = fc.record(
  {
    privateSubnet: fc.boolean(),
    outbound: fc.constantFrom("none", "natGateway"),
    defaultRoute: fc.constantFrom("VirtualAppliance", "VirtualNetworkGateway", "Internet"),
    firewallNetworkRules: fc.subarray(["TCP 1688 kms.core.windows.net", "TCP 1688 azkms.core.windows.net"]),
  },
  some,
);
const osBuilds = ["14393.2640", "14393.2641", "17763.1", "17763.9999", "20348.1", "20348.9999"];
const assume = fc.record(
  {
    updates: fc.subarray([
      "KB3172614",
      "KB4467695",
      "KB1234567",
      ...updateHistories().flatMap(({ kbs }) => kbs.slice(-1)),
    ]),
    osBuild: fc.constantFrom(...osBuilds),
    updatedThrough: fc.constantFrom("2015-01-01", "2026-11-10"),
    image,
    network,
    domainJoined: fc.boolean(),
    dnsSuffix: fc.constantFrom("corp.example", "other.example"),
    hypervisor: fc.constantFrom("Hyper-V", "VMware"),
    domainController: fc.boolean(),
    offlineDays: fc.constantFrom(10, 31, 200),
  },
  some,
);

const zone = (zoneName: string) =>
  fc.oneof({ arbitrary: azureZone(zoneName), weight: 3 }, { arbitrary: otherZone(zoneName), weight: 1 });

/** Windows publishes, or the package by dynamic update. */
const otherZone = (zoneName: string) =>
  fc.oneof(
    fc.record({ zoneName: fc.constant(zoneName), publishedBy: fc.constantFrom("windows") }),
    fc.record({
      zoneName: fc.constant(zoneName),
      dynamicUpdate: fc.record(
        { servers: fc.constant(["10.0.0.4"]), tsig: fc.constant({ keyName: "kms", secret: "c2VjcmV0" }) },
        { requiredKeys: ["servers"] },
      ),
    }),
  );

const azureZone = (zoneName: string) =>
  fc.record(
    {
      zoneName: fc.constant(zoneName),
      azurePrivateZoneId: fc.constant(
        `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${zoneName}`,
      ),
      target: fc.constantFrom("kms.corp.example", "other.corp.example"),
      priority: fc.constantFrom(0, 10),
      weight: fc.constantFrom(0, 5),
      addressRecord: fc.boolean(),
    },
    { requiredKeys: ["zoneName", "azurePrivateZoneId"] },
  );

const keyOf = fc.record(
  {
    keyGroup: fc.constantFrom(...windowsGroups.map(({ name }) => name)),
    productKey: fc.constantFrom(...hostKeys),
    hostLimitException: fc.record({ hosts: fc.constantFrom(1, 20), reference: fc.constant("SR1") }),
    activationsSpent: fc.record({ hosts: fc.constantFrom(1, 2), activations: fc.constant(3) }),
  },
  { requiredKeys: ["keyGroup", "productKey"] },
);

const machineOf = (name: string) =>
  fc.oneof(
    fc.record({ azureVmId: fc.constant(vmId(name)) }),
    fc.record({
      ssh: fc.record(
        {
          host: fc.constant(`${name}.corp.example`),
          port: fc.constantFrom(22, 2222),
          user: fc.constant("admin"),
        },
        { requiredKeys: ["host", "user"] },
      ),
    }),
    fc.record({
      create: fc.record({ computerName: fc.constantFrom("kms", "other"), core: fc.boolean() }, some),
    }),
    // A machine of Azure Arc, or of another owner: reached over SSH under a name of its own, or known by its name alone.
    fc.record({ fqdn: fc.constant(`${name}.corp.example`) }),
    fc.record({
      ssh: fc.record({ host: fc.constant(`arc-${name}.other.example`), user: fc.constant("admin") }),
      fqdn: fc.constant(`${name}.corp.example`),
    }),
  );

const hostArgs = (name: string) =>
  fc.constantFrom(...systems).chain(({ os, edition }) =>
    fc.record(
      {
        key: keyOf,
        officeKeys: fc.array(
          fc.record({
            office: fc.constantFrom("2016", "2019", "LTSC 2021", "LTSC 2024"),
            productKey: fc.constantFrom(...hostKeys),
          }),
          { minLength: 1, maxLength: 1 },
        ),
        os: fc.constant(os.name),
        edition: fc.constant(edition.name),
        machine: machineOf(name),
        activation: fc.constantFrom("online", "offline"),
        readOnly: fc.boolean(),
        clientPrefixes: fc.constantFrom([], ["10.0.0.0/8"]),
        zones: fc.oneof(fc.tuple(zone("corp.example")), fc.tuple(zone("corp.example"), zone("two.example"))),
        assume,
      },
      { requiredKeys: ["machine"] },
    ),
  );

const windows = fc.constantFrom(
  ...systems.filter(({ os, edition }) =>
    windowsGroups.some((one) => findServing(one, os.name, edition.name)),
  ),
  ...systems,
);

const machines = (name: string) =>
  fc.record(
    {
      azureVmIds: fc
        .nat({ max: 30 })
        .map((count) => Array.from({ length: count + 1 }, (_, place) => vmId(`${name}-${place}`))),
      create: fc.record(
        {
          count: fc.nat({ max: 60 }),
          core: fc.boolean(),
          image: fc.constantFrom({ id: "/an/image" }, { publisher: "p", offer: "o", sku: "s" }),
        },
        some,
      ),
      scaleSet: fc.record(
        {
          capacity: fc.nat({ max: 60 }),
          orchestrationMode: fc.constantFrom("Flexible", "Uniform"),
          name: fc.constantFrom("farm", "other"),
        },
        some,
      ),
      scaleSetId: fc.constant(
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/adopted",
      ),
      autoscaled: fc.boolean(),
      ssh: fc.record(
        {
          port: fc.constantFrom(22, 2222),
          user: fc.constant("admin"),
          machines: fc.constantFrom([{ host: "a.corp.example" }], [{ host: "kms0.corp.example", port: 22 }]),
        },
        { requiredKeys: ["machines", "user"] },
      ),
    },
    some,
  );

const groupArgs = (name: string, hosts: string[]) =>
  windows.chain(({ os, edition }) =>
    fc.record(
      {
        hosts: fc.subarray(hosts, { minLength: 1 }),
        os: fc.constant(os.name),
        edition: fc.constant(edition.name),
        machines: machines(name),
        office: fc.record(
          {
            version: fc.constantFrom("2019", "LTSC 2021", "LTSC 2024"),
            product: fc.constantFrom("ProPlus", "Visio"),
          },
          { requiredKeys: ["version"] },
        ),
        discovery: fc.constantFrom("dns", "fixedHost"),
        lookupDomain: fc.constantFrom("corp.example", "other.example"),
        rollout: fc.record({ maxFailures: fc.constant(1), maxFailuresPercent: fc.constant(2) }, some),
        assume,
      },
      { requiredKeys: ["machines", "hosts", "os", "edition"] },
    ),
  );

const hostNames = ["kms0", "kms1", "kms2"];

export const plausibleProgram: fc.Arbitrary<PlausibleProgram> = fc
  .integer({ min: 1, max: hostNames.length })
  .chain((count) => {
    const names = hostNames.slice(0, count);
    return fc.record({
      hosts: fc.tuple(...names.map((name) => facts<HostFacts>(name, hostArgs(name)))),
      groups: fc.tuple(...["web", "app"].map((name) => facts<GroupFacts>(name, groupArgs(name, names)))),
      today: fc.constant("2026-11-10"),
    });
  });

const facts = <Facts>(name: string, args: fc.Arbitrary<object>): fc.Arbitrary<Facts> =>
  args.map((given) => ({ name, args: given, unknown: new Set() }) as unknown as Facts);
