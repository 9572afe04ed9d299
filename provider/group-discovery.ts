import * as pulumi from "@pulumi/pulumi";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import { decideDiscovery } from "./rules/effective-discovery";

/** How members find a KMS host, as the rules decide it, with the names that they find. */
export function discoveryOf(args: KMSClientGroupArgs) {
  const zones = pulumi.all(args.hosts.map(({ zoneNames }) => zoneNames));
  const decided = pulumi
    .all([args.discovery, args.lookupDomain, zones])
    .apply(([discovery, lookupDomain, all]) =>
      decideDiscovery({ discovery: discovery as "dns" | "host" | undefined, lookupDomain }, all),
    );
  const addresses = pulumi.all(
    args.hosts.map(({ fqdn, port }) => pulumi.all([fqdn, port]).apply(([name, at]) => ({ name, port: at }))),
  );
  return {
    discovery: decided.apply(({ discovery }) => discovery),
    lookupDomain: decided.apply(({ lookupDomain }) => lookupDomain ?? ""),
    hostNames: pulumi.all(args.hosts.map(({ names }) => names)).apply((names) => names.flat()),
    hostAddresses: pulumi
      .all([decided, addresses])
      .apply(([{ discovery }, all]) => (discovery === "host" ? all : [])),
  };
}
