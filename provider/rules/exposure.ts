import { limits } from "../catalog/limits";
import { addressRange } from "./azure-network/address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  objectsAt,
  stringAt,
} from "./azure-network/declared-resource";
import { balancersOf, isInternal } from "./azure-network/load-balancers";
import type { Place } from "./azure-network/program-network";
import { decide, type SecurityRule } from "./azure-network/security-rules";
import { type Diagnostic, diagnostic } from "./diagnostic";
import { type HostFacts, isUnknown } from "./facts";
import { valueAt } from "./paths";
import type { ProgramIndex } from "./program-index";
import { placeOfHost } from "./reachability";

/*
 * What the program itself declares that lets all of the Internet reach the port of a KMS host on an existing machine. A public
 * address of the SKU Standard is closed as long as no security group opens it.
 * Source: learn.microsoft.com kms-activation-planning, virtual-network/ip-services/public-ip-addresses.
 */

const configuration = "ipConfigurations[0]";

/** The security rule, or the translation of a firewall, by which the port of a host is open to the Internet. */
export function declaredExposure(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const place = placeOfHost(host, index);
  if (place?.networkInterface === undefined || isUnknown(host, "port")) {
    return [];
  }
  const port = host.args.port ?? limits.kmsPort;
  const rule = openRule(place, place.networkInterface, port);
  const way = rule && publicWay(place.networkInterface, port, index.network.all);
  const given =
    way === undefined
      ? translation(place.networkInterface, port, index.network.all)
      : `${rule!.words}, with ${way},`;
  return given === undefined
    ? []
    : [diagnostic("KMS2102", "warning", place.path, { given, where: ", as the sources of that rule" })];
}

/** The rule that lets all of the Internet in, where every security group on the way has one for certain. */
function openRule(
  { securityGroup, subnet }: Place,
  networkInterface: DeclaredResource,
  port: number,
): SecurityRule | undefined {
  const address = addressRange(stringAt(networkInterface, `${configuration}.privateIPAddress`) ?? "");
  const groups = [securityGroup, subnet.securityGroup].filter((group) => group !== undefined);
  const decisions = groups.map((group) =>
    typeof group === "object"
      ? decide(group, {
          direction: "Inbound",
          source: { kind: "internet" },
          destination: { kind: "network", ranges: address === undefined ? subnet.ranges : [address] },
          port,
          sameNetwork: false,
        })
      : undefined,
  );
  return decisions.every((decision) => decision?.allowed === true) ? decisions[0]?.rule : undefined;
}

/** How a network interface is found in the Internet, in words. */
function publicWay(
  networkInterface: DeclaredResource,
  port: number,
  all: DeclaredResources,
): string | undefined {
  if (valueAt(networkInterface.values, `${configuration}.publicIPAddress`) !== undefined) {
    return `the public address of the network interface "${networkInterface.name}"`;
  }
  const ways = [
    { places: "loadBalancerBackendAddressPools", list: "loadBalancingRules", isNamed: namesPool },
    { places: "loadBalancerInboundNatRules", list: "inboundNatRules", isNamed: namesRule },
  ];
  for (const { places, list, isNamed } of ways) {
    const path = `${configuration}.${places}`;
    const names = objectsAt(networkInterface, path).objects.map(({ value }) => lastPart(value.id));
    const open = (balancersOf(networkInterface, path, all) ?? []).find(
      (balancer) =>
        !isInternal(balancer) &&
        objectsAt(balancer, list).objects.some(
          ({ value }) => isForPort(value, port) && isNamed(value, names),
        ),
    );
    if (open !== undefined) {
      return `the public front end of the load balancer "${open.name}"`;
    }
  }
  return undefined;
}

const isForPort = ({ backendPort, protocol }: Record<string, unknown>, port: number) =>
  backendPort === port && !(typeof protocol === "string" && protocol.toLowerCase() === "udp");

const namesPool = ({ backendAddressPool }: Record<string, unknown>, names: string[]) =>
  names.includes(lastPart((backendAddressPool as { id?: unknown } | undefined)?.id));

const namesRule = ({ name }: Record<string, unknown>, names: string[]) => names.includes(lastPart(name));

const lastPart = (id: unknown) => (typeof id === "string" ? (id.split("/").at(-1) ?? "").toLowerCase() : "");

const everybody = ["*", "0.0.0.0/0", "internet"];

/** The rule of a firewall that sends what the Internet asks of it on to a network interface, in words. */
function translation(
  networkInterface: DeclaredResource,
  port: number,
  all: DeclaredResources,
): string | undefined {
  const address = stringAt(networkInterface, `${configuration}.privateIPAddress`);
  const collections = [
    ...all.of("network:AzureFirewall").map((firewall) => ({ firewall, list: "natRuleCollections" })),
    ...all
      .of("network:FirewallPolicyRuleCollectionGroup")
      .map((firewall) => ({ firewall, list: "ruleCollections" })),
  ];
  const found = collections
    .flatMap(({ firewall, list }) => objectsAt(firewall, list).objects.map((one) => ({ firewall, ...one })))
    .flatMap(({ firewall, path }) => objectsAt(firewall, `${path}.rules`).objects)
    .find(
      ({ value: { translatedAddress, translatedPort, sourceAddresses } }) =>
        address !== undefined &&
        translatedAddress === address &&
        translatedPort === String(port) &&
        Array.isArray(sourceAddresses) &&
        sourceAddresses.some((source) => everybody.includes(String(source).toLowerCase())),
    );
  return (
    found && `the firewall rule ${JSON.stringify(found.value.name ?? "")}, which translates to ${address},`
  );
}
