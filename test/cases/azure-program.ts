import { type KMSClientGroupValues, type KMSHostValues, validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";

/*
 * A program with a virtual network of its own, as plain values for `validate`; each test changes what it is about.
 */

const provider = "/subscriptions/s/resourceGroups/rg/providers";

export const idOf = {
  subnet: (name: string, network = "vnet") =>
    `${provider}/Microsoft.Network/virtualNetworks/${network}/subnets/${name}`,
  network: (kind: string, name: string) => `${provider}/Microsoft.Network/${kind}/${name}`,
  machine: (name: string) => `${provider}/Microsoft.Compute/virtualMachines/${name}`,
};

/** A resource of `azure-native:network`. */
export const network = (kind: string, name: string, args: object = {}): AzureResource => ({
  type: `azure-native:network:${kind}`,
  name,
  args: { resourceGroupName: "rg", ...args },
});

export const virtualNetwork = (args: object = {}) =>
  network("VirtualNetwork", "vnet", {
    virtualNetworkName: "vnet",
    addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
    ...args,
  });

/** A subnet of the virtual network: `hosts` is 10.20.1.0/24, `web` 10.20.2.0/24. */
export const subnet = (name: "hosts" | "web", args: object = {}) =>
  network("Subnet", name, {
    virtualNetworkName: "vnet",
    addressPrefix: name === "hosts" ? "10.20.1.0/24" : "10.20.2.0/24",
    ...args,
  });

/** What a subnet has that its group of security rules, route table and NAT gateway are named. */
export const around = {
  servers: { networkSecurityGroup: { id: idOf.network("networkSecurityGroups", "servers") } },
  spoke: { routeTable: { id: idOf.network("routeTables", "spoke") } },
  nat: { natGateway: { id: idOf.network("natGateways", "nat") } },
};

const anyRule = {
  name: "rule",
  access: "Deny",
  direction: "Outbound",
  priority: 4000,
  protocol: "*",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "*",
};

/** A network security group with a rule that denies everything outbound, as far as it is not changed. */
export const securityGroup = (...rules: object[]) =>
  network("NetworkSecurityGroup", "servers", {
    networkSecurityGroupName: "servers",
    securityRules: rules.map((rule) => ({ ...anyRule, ...rule })),
  });

export const routeTable = (...routes: object[]) =>
  network("RouteTable", "spoke", { routeTableName: "spoke", routes });

export const defaultRoute = (nextHopType: string, rest: object = {}) => ({
  name: "default",
  addressPrefix: "0.0.0.0/0",
  nextHopType,
  ...rest,
});

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };
const keyGroup = "Volume License for Windows Server 2022";

/** Invented: a real product key has at most one N. */
const productKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

/** A KMS host that the package creates in the subnet `hosts`. */
export const createdHost = (args: KMSHostValues = {}): KMSHostValues => ({
  key: { keyGroup, productKey },
  os: "Windows Server 2022",
  machine: { create: { ...create, subnetId: idOf.subnet("hosts") } },
  clientPrefixes: ["10.20.0.0/16"],
  ...args,
});

/** A host on a machine that the program declares itself, whose rules are the program's own. */
export const existingHost = (machine: string, args: KMSHostValues = {}): KMSHostValues =>
  createdHost({ machine: { azureVmId: idOf.machine(machine) }, clientPrefixes: undefined, ...args });

/** Servers that the package creates in the subnet `web`. */
export const createdServers = (args: KMSClientGroupValues = {}, count = 6): KMSClientGroupValues => ({
  os: "Windows Server 2022",
  edition: "Datacenter",
  machines: { create: { ...create, count, subnetId: idOf.subnet("web") } },
  ...args,
});

const onAzure = (args: KMSClientGroupValues = {}) => createdServers({ azureKms: true, ...args });

/** What is said of servers that Azure's own KMS activates, in the subnet `web` of these resources. */
export const ofAzure = (resources: AzureResource[], args: KMSClientGroupValues = {}) =>
  validate({ groups: { web: onAzure(args) }, resources: [virtualNetwork(), ...resources] });

/** What is said of a created host and its clients, by their subnets and what is around these. */
export const ofHost = (resources: AzureResource[], host = createdHost(), group: KMSClientGroupValues = {}) =>
  validate({
    hosts: { kms: host },
    groups: { web: createdServers({ hosts: ["kms"], ...group }) },
    resources: [virtualNetwork(), ...resources],
  }).filter(({ code }) => code !== "KMS2226");

export const codes = (diagnostics: { severity: string; code: string }[]) =>
  diagnostics.map(({ severity, code }) => `${severity} ${code}`);
