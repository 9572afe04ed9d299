import * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/azure-cloud";
import { azureKmsOf } from "../catalog/azure-kms";
import { limits } from "../catalog/limits";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import type { KMSHost } from "../host/kms-host";
import { decideDiscovery } from "../rules/effective-discovery";

/** How members find a KMS host, with the names that they find. */
export const discoveryOf = (args: KMSClientGroupArgs) =>
  args.hosts === undefined ? azureKmsByName() : discoveryOfHosts(args, args.hosts);

/** Members of Azure's own KMS are told its name: an image may have been told another host's. */
function azureKmsByName() {
  const { servers } = azureKmsOf(azureCloud(process.env));
  return {
    discovery: "host" as const,
    lookupDomain: "",
    hostNames: servers.map(({ name }) => name),
    hostAddresses: [{ name: servers[0].name, port: limits.kmsPort }],
  };
}

/** As the rules decide it. */
function discoveryOfHosts(args: KMSClientGroupArgs, hosts: KMSHost[]) {
  const zones = pulumi.all(hosts.map(({ zoneNames }) => zoneNames));
  const decided = pulumi
    .all([args.discovery, args.lookupDomain, zones])
    .apply(([discovery, lookupDomain, all]) =>
      decideDiscovery({ discovery: discovery as "dns" | "host" | undefined, lookupDomain }, all),
    );
  const addresses = pulumi.all(
    hosts.map(({ fqdn, port }) => pulumi.all([fqdn, port]).apply(([name, at]) => ({ name, port: at }))),
  );
  return {
    discovery: decided.apply(({ discovery }) => discovery),
    lookupDomain: decided.apply(({ lookupDomain }) => lookupDomain ?? ""),
    hostNames: pulumi.all(hosts.map(({ names }) => names)).apply((names) => names.flat()),
    hostAddresses: pulumi
      .all([decided, addresses])
      .apply(([{ discovery }, all]) => (discovery === "host" ? all : [])),
  };
}
