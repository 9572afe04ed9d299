import * as pulumi from "@pulumi/pulumi";
import type { KMSClientGroupArgs } from "./kms-client-group-args";

/**
 * How members find a KMS host: by the SRV records of the first zone that all hosts publish in, or, where there is no
 * such zone, by the hosts' names.
 */
export function discoveryOf(args: KMSClientGroupArgs) {
  const zone = pulumi.all(args.hosts.map(({ zoneNames }) => pulumi.all(zoneNames))).apply(commonZone);
  const discovery = pulumi
    .all([args.discovery, args.lookupDomain, zone])
    .apply(([given, lookupDomain, common]): "dns" | "host" =>
      given === undefined ? ((lookupDomain ?? common) ? "dns" : "host") : (given as "dns" | "host"),
    );
  const lookupDomain = pulumi
    .all([args.lookupDomain, zone, discovery])
    .apply(([given, common, how]) => (how === "dns" ? (given ?? common ?? "") : ""));
  const addresses = pulumi.all(
    args.hosts.map(({ fqdn, port }) => pulumi.all([fqdn, port]).apply(([name, at]) => ({ name, port: at }))),
  );
  return {
    discovery,
    lookupDomain,
    hostNames: pulumi.all(args.hosts.map(({ names }) => names)).apply((names) => names.flat()),
    hostAddresses: pulumi.all([discovery, addresses]).apply(([how, all]) => (how === "host" ? all : [])),
  };
}

function commonZone(zonesOfHosts: string[][]): string | undefined {
  const [first = [], ...others] = zonesOfHosts.map((zones) => zones.map((zone) => zone.toLowerCase()));
  return first.find((zone) => others.every((zones) => zones.includes(zone)));
}
