import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  isGivenIn,
  type Maybe,
  objectsAt,
  stringAt,
} from "./declared-resource";

/** How a machine sends to the Internet besides what its subnet has. */
export interface WayOut {
  hasOwnWayOut: Maybe<boolean>;
  /** The load balancer that takes default outbound access away and sends for nobody, as a message names it. */
  silentBalancer?: string;
}

/**
 * The way out of a machine by a public address, or by the load balancers of an IP configuration. An internal one sends
 * nothing to the Internet, nor does a public one whose rules do not translate TCP; one of the SKU Standard takes default
 * outbound access from its members as well.
 * Source: learn.microsoft.com load-balancer-outbound-connections, load-balancer/outbound-rules.
 * @param address name of the input for a public address
 */
export function wayOutOf(
  holder: DeclaredResource,
  configuration: string,
  address: string,
  all: DeclaredResources,
): WayOut {
  const own = isGivenIn(holder, [`${configuration}.${address}`]);
  const pools = `${configuration}.loadBalancerBackendAddressPools`;
  const balanced = isGivenIn(holder, [pools]);
  if (own !== false || balanced === false) {
    return { hasOwnWayOut: own };
  }
  const balancers = balancersOf(holder, pools, all);
  if (balancers === undefined || !balancers.every((one) => isInternal(one) || isWithoutOutbound(one))) {
    return { hasOwnWayOut: balanced };
  }
  const standard = balancers.find(isStandard);
  return { hasOwnWayOut: false, ...(standard !== undefined && { silentBalancer: balancerWords(standard) }) };
}

const isStandard = (balancer: DeclaredResource) =>
  stringAt(balancer, "sku.name")?.toLowerCase() === "standard";

const balancerWords = (balancer: DeclaredResource) =>
  isInternal(balancer)
    ? `the internal load balancer "${balancer.name}"`
    : `the load balancer "${balancer.name}", none of whose rules sends TCP to the Internet,`;

/** Whether a public load balancer of the SKU Standard has rules, and none of them translates the TCP of its members. */
function isWithoutOutbound(balancer: DeclaredResource): boolean {
  const [balancing, outbound] = ["loadBalancingRules", "outboundRules"].map((path) =>
    objectsAt(balancer, path),
  );
  const translates = ({ value, path }: { value: Record<string, unknown>; path: string }) =>
    (value.disableOutboundSnat !== true || hasUnknown(balancer, `${path}.disableOutboundSnat`)) &&
    !(typeof value.protocol === "string" && value.protocol.toLowerCase() === "udp");
  return (
    isStandard(balancer) &&
    balancing.complete &&
    outbound.complete &&
    balancing.objects.length > 0 &&
    ![...balancing.objects, ...outbound.objects].some(translates)
  );
}

/** The balancers of all pools; undefined where one is not known. */
export function balancersOf(
  holder: DeclaredResource,
  path: string,
  all: DeclaredResources,
): DeclaredResource[] | undefined {
  const linked = all.linked(holder, path, "network:LoadBalancer");
  const pools = objectsAt(holder, path).objects;
  const named = pools.flatMap(({ value: { id } }) => {
    const [balancer] = typeof id === "string" ? id.split(/\/(?:backendAddressPools|inboundNatRules)\//i) : [];
    const found = all.referred(
      { values: { id: balancer }, unknown: new Set(), links: [] },
      "id",
      "network:LoadBalancer",
    );
    return typeof found === "object" ? found : [];
  });
  const found = [...new Set([...linked, ...named])];
  return found.length > 0 && (linked.length > 0 || named.length === pools.length) ? found : undefined;
}

/** Whether all its front ends are in a subnet and none has a public address, for certain. */
export function isInternal(balancer: DeclaredResource): boolean {
  const { objects, complete } = objectsAt(balancer, "frontendIPConfigurations");
  return (
    complete &&
    objects.length > 0 &&
    objects.every(
      ({ path }) =>
        isGivenIn(balancer, [`${path}.subnet`]) !== false &&
        isGivenIn(balancer, [`${path}.publicIPAddress`, `${path}.publicIPPrefix`]) === false,
    )
  );
}
