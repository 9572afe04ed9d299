import { holdsPath, valueAt } from "../paths";

/** What an input of a resource is made from. */
export interface Link {
  /** Path of the input, as far as it is known. */
  path: string;
  /** Key of the resource that it is made from. */
  to: string;
}

/** A resource of azure-native that the program declares, with its inputs as far as they are known. */
export interface DeclaredResource {
  /** Tells it apart from all others: its URN, where it has one. */
  key: string;
  /** Token, of any API version: `azure-native:network:Subnet`, `azure-native_network_v20230501:network:Subnet`. */
  type: string;
  /** Logical name. */
  name: string;
  values: Record<string, unknown>;
  /** Paths of the inputs that are given but not known. */
  unknown: ReadonlySet<string>;
  links: readonly Link[];
  /** Paths of the inputs whose changes it ignores. */
  ignored?: readonly string[];
}

/** Stands for what is given but not known: it is not judged. */
export const notKnown = Symbol("not known");
export type Maybe<Value> = Value | undefined | typeof notKnown;

/** Module and class of a token of azure-native without its API version, `network:Subnet`; undefined for others. */
export function azureKind(type: string): string | undefined {
  const [provider, module = "", name = ""] = type.split(":");
  return azureNative.test(provider) ? `${module.split("/")[0]}:${name}` : undefined;
}

/**
 * azure-native itself, or a package of it for one API version of a module.
 * Source: pulumi.com/registry/packages/azure-native, accessing any API version.
 */
const azureNative = /^azure-native(_[a-z0-9]+_v\d{8}\w*)?$/;

/** Day of the API version that a token names, for example 20250701; undefined for that of azure-native itself. */
export const apiVersionOf = ({ type }: Pick<DeclaredResource, "type">): number | undefined => {
  const day = /[_/]v(\d{8})/.exec(type)?.[1];
  return day === undefined ? undefined : Number(day);
};

/** The argument that has the Azure name of a resource, and the one that has its parent's. */
const nameArguments: Record<string, { own: string; parent?: string; segment: string }> = {
  "compute:Disk": { own: "diskName", segment: "disks" },
  "compute:GalleryImage": { own: "galleryImageName", parent: "galleryName", segment: "images" },
  "compute:GalleryImageVersion": {
    own: "galleryImageVersionName",
    parent: "galleryImageName",
    segment: "versions",
  },
  "compute:Image": { own: "imageName", segment: "images" },
  "compute:VirtualMachine": { own: "vmName", segment: "virtualmachines" },
  "compute:VirtualMachineScaleSet": { own: "vmScaleSetName", segment: "virtualmachinescalesets" },
  "network:AdminRuleCollection": { own: "ruleCollectionName", segment: "rulecollections" },
  "network:ApplicationSecurityGroup": {
    own: "applicationSecurityGroupName",
    segment: "applicationsecuritygroups",
  },
  "network:AzureFirewall": { own: "azureFirewallName", segment: "azurefirewalls" },
  "network:FirewallPolicy": { own: "firewallPolicyName", segment: "firewallpolicies" },
  "network:IpGroup": { own: "ipGroupsName", segment: "ipgroups" },
  "network:LoadBalancer": { own: "loadBalancerName", segment: "loadbalancers" },
  "network:NatGateway": { own: "natGatewayName", segment: "natgateways" },
  "network:NetworkGroup": { own: "networkGroupName", segment: "networkgroups" },
  "network:NetworkInterface": { own: "networkInterfaceName", segment: "networkinterfaces" },
  "network:NetworkSecurityGroup": { own: "networkSecurityGroupName", segment: "networksecuritygroups" },
  "network:PrivateZone": { own: "privateZoneName", segment: "privatednszones" },
  "network:RouteTable": { own: "routeTableName", segment: "routetables" },
  "network:Subnet": { own: "subnetName", parent: "virtualNetworkName", segment: "subnets" },
  "network:VirtualNetwork": { own: "virtualNetworkName", segment: "virtualnetworks" },
  "privatedns:PrivateZone": { own: "privateZoneName", segment: "privatednszones" },
};

/** The resources of azure-native in a program, by kind and by what refers to them. */
export class DeclaredResources {
  readonly #byKey: ReadonlyMap<string, DeclaredResource>;
  readonly #byKind = new Map<string, DeclaredResource[]>();

  constructor(resources: readonly DeclaredResource[]) {
    this.#byKey = new Map(resources.map((resource) => [resource.key, resource]));
    for (const resource of resources) {
      const kind = azureKind(resource.type);
      if (kind !== undefined) {
        this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), resource]);
      }
    }
  }

  /** Resources of these kinds, for example `network:Subnet`, in the order of the program. */
  of(...kinds: string[]): readonly DeclaredResource[] {
    return kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
  }

  /** Resources of these kinds that the input at this path, or any input in it, is made from; each once. */
  linked(from: Pick<DeclaredResource, "links">, path: string, ...kinds: string[]): DeclaredResource[] {
    const keys = new Set(from.links.filter((link) => isNear(link.path, path)).map(({ to }) => to));
    return [...keys].flatMap((key) => {
      const resource = this.#byKey.get(key);
      return resource !== undefined && kinds.includes(azureKind(resource.type) ?? "") ? [resource] : [];
    });
  }

  /**
   * The resource of one of these kinds that an input refers to by its Azure resource ID or its name. A resource of another
   * stack is not known.
   */
  referred(
    from: Pick<DeclaredResource, "links" | "unknown"> & { values: object },
    path: string,
    ...kinds: string[]
  ): Maybe<DeclaredResource> {
    const linked = this.linked(from, path, ...kinds);
    if (linked.length === 1) {
      return linked[0];
    }
    const given = valueAt(from.values, path);
    const text =
      typeof given === "string"
        ? given
        : typeof given === "object"
          ? (given as { id?: unknown } | null)?.id
          : "";
    const named =
      typeof text === "string" && text !== "" ? this.of(...kinds).filter((one) => isNamed(one, text)) : [];
    if (named.length === 1) {
      return named[0];
    }
    const absent = given === undefined && linked.length === 0 && !isUnknownAt(from, path);
    return absent ? undefined : notKnown;
  }
}

/** Whether nothing is known of an input, of what is around it, or of a part of it. */
const isUnknownAt = ({ unknown }: Pick<DeclaredResource, "unknown">, path: string) =>
  holdsPath(unknown, path) || [...unknown].some((one) => isNear(one, path));

/** Whether one of two paths leads to the other. */
const isNear = (one: string, other: string) =>
  one === other || one === "" || other === "" || leadsTo(one, other) || leadsTo(other, one);

const leadsTo = (outer: string, inner: string) =>
  inner.startsWith(outer) && (inner[outer.length] === "." || inner[outer.length] === "[");

/** Whether an Azure resource ID, or a bare name, is that of a resource, as far as its program names it. */
function isNamed(resource: DeclaredResource, text: string): boolean {
  const naming = nameArguments[azureKind(resource.type) ?? ""];
  const name = azureName(resource);
  if (naming === undefined || name === undefined) {
    return false;
  }
  const parts = text.toLowerCase().split("/");
  if (parts.length === 1) {
    return parts[0] === name.toLowerCase();
  }
  const parent = naming.parent === undefined ? undefined : stringAt(resource, naming.parent);
  const group = stringAt(resource, "resourceGroupName");
  const groupInId = parts[parts.indexOf("resourcegroups") + 1];
  return (
    parts.at(-1) === name.toLowerCase() &&
    parts.at(-2) === naming.segment &&
    (naming.parent === undefined || (parent !== undefined && parts.at(-3) === parent.toLowerCase())) &&
    (group === undefined || !parts.includes("resourcegroups") || groupInId === group.toLowerCase())
  );
}

/** The name of a resource in Azure, where the program gives it; parts of another resource take the logical name. */
export function azureName(resource: DeclaredResource): string | undefined {
  const naming = nameArguments[azureKind(resource.type) ?? ""];
  const given = naming === undefined ? undefined : stringAt(resource, naming.own);
  return given ?? (naming?.parent === undefined ? undefined : resource.name);
}

/** The part of an Azure resource ID that stands before the name of a resource, in lower case. */
export const idSegment = ({ type }: DeclaredResource): string | undefined =>
  nameArguments[azureKind(type) ?? ""]?.segment;

export function stringAt({ values }: Pick<DeclaredResource, "values">, path: string): string | undefined {
  const given = valueAt(values, path);
  return typeof given === "string" ? given : undefined;
}

/**
 * An input that is a single text and a list of texts, such as `addressPrefix` and `addressPrefixes`: all of them, and whether
 * that is all.
 */
export function textsAt(
  resource: Pick<DeclaredResource, "values" | "unknown">,
  ...paths: string[]
): { texts: string[]; complete: boolean } {
  const texts = paths.flatMap((path) => {
    const given = valueAt(resource.values, path);
    const list: unknown[] = Array.isArray(given) ? given : [given];
    return list.filter((one) => typeof one === "string");
  });
  return { texts, complete: !paths.some((path) => isUnknownAt(resource, path)) };
}

/** The objects of a list, and whether that is all. */
export function objectsAt(
  resource: Pick<DeclaredResource, "values" | "unknown">,
  path: string,
): { objects: { value: Record<string, unknown>; path: string }[]; complete: boolean } {
  const given = valueAt(resource.values, path);
  const list: unknown[] = Array.isArray(given) ? given : [];
  const objects = list.map((value, index) => ({
    value: (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>,
    path: `${path}[${index}]`,
  }));
  return { objects, complete: !holdsPath(resource.unknown, path) };
}

/** Whether something in an input is not known. */
export const hasUnknown = (resource: Pick<DeclaredResource, "unknown">, path: string) =>
  isUnknownAt(resource, path);

/** Whether one of these inputs is given. */
export function isGivenIn(resource: DeclaredResource, paths: string[]): Maybe<boolean> {
  if (paths.some((path) => valueAt(resource.values, path) !== undefined)) {
    return true;
  }
  return paths.some((path) => hasUnknown(resource, path)) ? notKnown : false;
}
