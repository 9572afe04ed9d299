import { holdsPath, valueAt } from "../paths";
import { addressRange, type AddressRange } from "./address-ranges";
import { applicationGroupsAt } from "./application-groups";
import {
  apiVersionOf,
  azureName,
  type DeclaredResource,
  DeclaredResources,
  isGivenIn,
  type Link,
  type Maybe,
  notKnown,
  objectsAt,
  stringAt,
  textsAt,
} from "./declared-resource";
import { wayOutOf } from "./load-balancers";
import { hubRoute, type Route, routeTable, type RouteTable } from "./routes";
import { securityGroup, type SecurityGroup } from "./security-rules";

/** A subnet that the program declares, as a resource of its own or in its virtual network. */
export interface Subnet {
  /** How a message names it. */
  words: string;
  /** Tells it apart from all others. */
  key: string;
  /** Its name in Azure, where that is known. */
  azureName?: string;
  /** Services that it is delegated to, as far as these are known. */
  delegations: string[];
  network: Maybe<DeclaredResource>;
  /** Its IPv4 prefixes; undefined where they are not all known. */
  prefixes?: string[];
  /** The same as ranges. */
  ranges?: AddressRange[];
  securityGroup: Maybe<SecurityGroup>;
  routeTable: Maybe<RouteTable>;
  /** Default route that a hub of Azure Virtual WAN gives to the network. */
  hubRoute?: Route;
  natGateway: Maybe<DeclaredResource>;
  /** Whether the NAT gateway sends for nobody, as it has no public address. */
  isNatWithoutAddress: boolean;
  /** `false` for a private subnet; what is left out depends on when the network was made. */
  defaultOutboundAccess: Maybe<boolean>;
  /** Whether it is private only because it is left out, by the API version of the network and the subnet. */
  isPrivateByDefault: boolean;
}

/** Where a machine of the program is in its network. */
export interface Place {
  /** Argument that names it: `machines.create.subnetId`, `machines.azureVmIds[3]`. */
  path: string;
  /** Network interface of an existing machine; of several the primary one. */
  networkInterface?: DeclaredResource;
  subnet: Subnet;
  /** Security group of the network interface, beside that of the subnet. */
  securityGroup: Maybe<SecurityGroup>;
  /** Keys of the application security groups of the network interface, where these are known. */
  applicationGroups?: ReadonlySet<string>;
  /** Whether the machine has an address of its own in the Internet, or a load balancer that may send for it. */
  hasOwnWayOut: Maybe<boolean>;
  /** The load balancer that takes default outbound access away and sends for nobody, as a message names it. */
  silentBalancer?: string;
}

/** Arguments of a resource, and what they are made from. */
export interface LinkedArguments {
  args: object;
  unknown: ReadonlySet<string>;
  links?: readonly Link[];
}

/** What a program declares with azure-native around its KMS hosts and their clients. */
export class ProgramNetwork {
  readonly all: DeclaredResources;
  readonly #subnets = new Map<string, Subnet>();

  constructor(resources: readonly DeclaredResource[]) {
    this.all = new DeclaredResources(resources);
  }

  /** The place of a machine that is created in a subnet, or that exists, as far as the program declares it. */
  places(resource: LinkedArguments, subnetPath: string, machinePath: string): Place[] {
    const from = {
      values: resource.args as Record<string, unknown>,
      unknown: resource.unknown,
      links: resource.links ?? [],
    };
    const created = this.#subnetAt(from, subnetPath);
    const machines = this.machines(resource, machinePath);
    return [
      ...(created === undefined
        ? []
        : [{ path: subnetPath, subnet: created, securityGroup: undefined, hasOwnWayOut: false }]),
      ...unlike(machines.flatMap(({ machine, path }) => this.#placeOf(machine, path) ?? [])),
    ];
  }

  /** The existing machines, or scale sets, of an argument that the program declares. */
  machines(resource: LinkedArguments, path: string): { machine: DeclaredResource; path: string }[] {
    const kinds = ["compute:VirtualMachine", "compute:VirtualMachineScaleSet"];
    if (this.all.of(...kinds).length === 0) {
      return [];
    }
    const from = {
      values: resource.args as Record<string, unknown>,
      unknown: resource.unknown,
      links: resource.links ?? [],
    };
    const given = valueAt(resource.args, path);
    const paths = Array.isArray(given) ? given.map((_, index) => `${path}[${index}]`) : [path];
    const found = new Map<DeclaredResource, string>();
    for (const one of paths) {
      const machine = this.all.referred(from, one, ...kinds);
      if (machine !== undefined && machine !== notKnown && !found.has(machine)) {
        found.set(machine, one);
      }
    }
    this.all.linked(from, path, ...kinds).forEach((machine) => {
      found.set(machine, found.get(machine) ?? path);
    });
    return [...found].map(([machine, one]) => ({ machine, path: one }));
  }

  #placeOf(machine: DeclaredResource, path: string): Place | undefined {
    return machine.type.endsWith("ScaleSet")
      ? this.#placeOfSet(machine, path)
      : this.#placeOfVm(machine, path);
  }

  #placeOfVm(machine: DeclaredResource, path: string): Place | undefined {
    const linked = this.all.linked(machine, "networkProfile", "network:NetworkInterface");
    const { objects } = objectsAt(machine, "networkProfile.networkInterfaces");
    // Of several interfaces the primary one has the default route.
    const primary = objects.length > 1 ? objects.find(({ value }) => value.primary === true) : objects[0];
    const found: Maybe<DeclaredResource> =
      primary === undefined
        ? linked.length === 1
          ? linked[0]
          : undefined
        : this.all.referred(machine, `${primary.path}.id`, "network:NetworkInterface");
    if (found === undefined || found === notKnown) {
      return undefined;
    }
    const configuration = "ipConfigurations[0]";
    const subnet = this.#subnetAt(found, `${configuration}.subnet.id`);
    return (
      subnet && {
        path,
        networkInterface: found,
        subnet,
        securityGroup: this.#groupAt(found, "networkSecurityGroup.id"),
        applicationGroups: this.#applicationGroupsAt(found, configuration),
        ...wayOutOf(found, configuration, "publicIPAddress", this.all),
      }
    );
  }

  #placeOfSet(set: DeclaredResource, path: string): Place | undefined {
    const interfaces = "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0]";
    const configuration = `${interfaces}.ipConfigurations[0]`;
    const subnet = this.#subnetAt(set, `${configuration}.subnet.id`);
    return (
      subnet && {
        path,
        subnet,
        securityGroup: this.#groupAt(set, `${interfaces}.networkSecurityGroup.id`),
        applicationGroups: this.#applicationGroupsAt(set, configuration),
        ...wayOutOf(set, configuration, "publicIPAddressConfiguration", this.all),
      }
    );
  }

  #subnetAt(from: Pick<DeclaredResource, "values" | "unknown" | "links">, path: string): Subnet | undefined {
    const separate = this.all.referred(from, path, "network:Subnet");
    if (separate === undefined) {
      return undefined;
    }
    if (separate !== notKnown) {
      return this.#subnet(separate.key, () => this.#separateSubnet(separate));
    }
    const id = stringAt(from, path);
    const network = this.all.referred(
      { ...from, values: id === undefined ? from.values : withoutSubnet(from.values, path, id) },
      path,
      "network:VirtualNetwork",
    );
    if (network === undefined || network === notKnown) {
      return undefined;
    }
    const { objects, complete } = objectsAt(network, "subnets");
    const name = id?.split("/").at(-1)?.toLowerCase();
    const [inline, ...others] = objects.filter(
      ({ value }) =>
        name === undefined || (typeof value.name === "string" && value.name.toLowerCase() === name),
    );
    return inline === undefined || others.length > 0 || (!complete && name === undefined)
      ? undefined
      : this.#subnet(`${network.key} ${inline.path}`, () => this.#inlineSubnet(network, inline));
  }

  #subnet(key: string, make: () => Omit<Subnet, "key">): Subnet {
    const known = this.#subnets.get(key) ?? { key, ...make() };
    this.#subnets.set(key, known);
    return known;
  }

  #separateSubnet(subnet: DeclaredResource): Omit<Subnet, "key"> {
    const network = this.all.referred(subnet, "virtualNetworkName", "network:VirtualNetwork");
    return {
      words: `the subnet "${subnet.name}"`,
      azureName: azureName(subnet),
      network,
      hubRoute: typeof network === "object" ? hubRoute(network, this.all) : undefined,
      ...this.#subnetAround(subnet, "", network),
    };
  }

  #inlineSubnet(
    network: DeclaredResource,
    { value, path }: { value: Record<string, unknown>; path: string },
  ): Omit<Subnet, "key"> {
    const name = typeof value.name === "string" ? value.name : path;
    const words = `the subnet "${name}" of the virtual network "${network.name}"`;
    return {
      words,
      azureName: typeof value.name === "string" ? value.name : undefined,
      network,
      hubRoute: hubRoute(network, this.all),
      ...this.#subnetAround(network, `${path}.`, network),
    };
  }

  #subnetAround(
    holder: DeclaredResource,
    prefix: string,
    network: Maybe<DeclaredResource>,
  ): Omit<Subnet, "key" | "words" | "azureName" | "network" | "hubRoute"> {
    const table = this.all.referred(holder, `${prefix}routeTable.id`, "network:RouteTable");
    const nat = this.all.referred(holder, `${prefix}natGateway.id`, "network:NatGateway");
    const access = valueAt(holder.values, `${prefix}defaultOutboundAccess`);
    const names = [`${prefix}addressPrefix`, `${prefix}addressPrefixes`];
    const ranges = rangesOf(holder, ...names);
    const isOpen = holdsPath(holder.unknown, `${prefix}defaultOutboundAccess`);
    const isPrivateByDefault =
      access === undefined && !isOpen && typeof network === "object" && arePrivateNow(network, holder);
    return {
      delegations: objectsAt(holder, `${prefix}delegations`).objects.flatMap(({ value }) =>
        typeof value.serviceName === "string" ? value.serviceName : [],
      ),
      ranges,
      prefixes: ranges && textsAt(holder, ...names).texts.filter((text) => addressRange(text)?.family === 4),
      securityGroup: this.#groupAt(holder, `${prefix}networkSecurityGroup.id`),
      routeTable: typeof table === "object" ? routeTable(table, this.all) : table,
      natGateway: nat,
      isNatWithoutAddress: typeof nat === "object" && isGivenIn(nat, natAddresses) === false,
      defaultOutboundAccess:
        typeof access === "boolean" ? access : isOpen ? notKnown : isPrivateByDefault ? false : undefined,
      isPrivateByDefault,
    };
  }

  #applicationGroupsAt(from: DeclaredResource, configuration: string): ReadonlySet<string> | undefined {
    const groups = applicationGroupsAt(from, `${configuration}.applicationSecurityGroups`, this.all);
    return groups === notKnown ? undefined : (groups ?? new Set());
  }

  #groupAt(from: DeclaredResource, path: string): Maybe<SecurityGroup> {
    const group = this.all.referred(from, path, "network:NetworkSecurityGroup");
    return typeof group === "object" ? securityGroup(group, this.all) : group;
  }
}

/**
 * Whether Azure makes the subnets of new networks private, by the API version of network and subnet.
 * Source: learn.microsoft.com virtual-network/ip-services/default-outbound-access.
 */
const arePrivateNow = (...resources: DeclaredResource[]) =>
  resources.every((resource) => (apiVersionOf(resource) ?? 0) >= 20_250_701);

/** Source: learn.microsoft.com azure/nat-gateway/nat-gateway-resource. */
const natAddresses = ["publicIpAddresses", "publicIpPrefixes", "publicIpAddressesV6", "publicIpPrefixesV6"];

/** The ID of a virtual network in place of that of its subnet. */
const withoutSubnet = (values: Record<string, unknown>, path: string, id: string): Record<string, unknown> =>
  valueAt(values, path) === id ? { ...nested(path, id.split("/").slice(0, -2).join("/")) } : values;

function nested(path: string, value: unknown): Record<string, unknown> {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
}

/**
 * The IPv4 prefixes of a resource as ranges; undefined where they are not all known. Azure's KMS and created hosts have IPv4
 * addresses alone, and every subnet in Azure has IPv4 prefixes, so that others say nothing of these connections.
 */
export function rangesOf(
  resource: Pick<DeclaredResource, "values" | "unknown">,
  ...paths: string[]
): AddressRange[] | undefined {
  const { texts, complete } = textsAt(resource, ...paths);
  const all = texts.map(addressRange).filter((range) => range !== undefined);
  const ranges = all.filter(({ family }) => family === 4);
  return complete && ranges.length > 0 && all.length === texts.length ? ranges : undefined;
}

/** Places that are the same to every rule count once. */
function unlike(places: Place[]): Place[] {
  const known = new Map<string, Place>();
  for (const place of places) {
    const { subnet, securityGroup: group, hasOwnWayOut, silentBalancer, applicationGroups } = place;
    const key = [
      subnet.key,
      typeof group === "object" ? group.words : String(group),
      String(hasOwnWayOut),
      silentBalancer,
      applicationGroups && [...applicationGroups].sort().join(","),
    ].join("\n");
    known.set(key, known.get(key) ?? place);
  }
  return [...known.values()];
}
