import { limits } from "../catalog/limits";
import { objectsAt } from "./azure-network/declared-resource";
import { balancersOf } from "./azure-network/load-balancers";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { type HostFacts, isUnknown } from "./facts";
import { memoized, type ProgramIndex } from "./program-index";
import { placeOfHost } from "./reachability";

/**
 * A load balancer of the program sends the requests for the KMS port to several hosts, which know nothing of each other's
 * counts. Reported once, for the first of them. Source: learn.microsoft.com kms-activation-planning.
 */
export const balancedHostDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  [...hostsByBalancer("program", index)].flatMap(([balancer, hosts]) =>
    hosts.length > 1 && hosts[0] === host.name
      ? [diagnostic("KMS2146", "warning", "machine.azureVmId", { balancer, hosts: listed(hosts) })]
      : [],
  );

/** Names of the hosts behind each load balancer, in the order of the program. */
const hostsByBalancer = memoized((_program: "program", index): Map<string, string[]> => {
  const byBalancer = new Map<string, string[]>();
  for (const host of index.hosts()) {
    for (const name of balancersBefore(host, index)) {
      byBalancer.set(name, [...(byBalancer.get(name) ?? []), host.name]);
    }
  }
  return byBalancer;
});

function balancersBefore(host: HostFacts, index: ProgramIndex): string[] {
  const networkInterface = placeOfHost(host, index)?.networkInterface;
  if (networkInterface === undefined || isUnknown(host, "port")) {
    return [];
  }
  const port = host.args.port ?? limits.kmsPort;
  const path = "ipConfigurations[0].loadBalancerBackendAddressPools";
  return (balancersOf(networkInterface, path, index.network.all) ?? [])
    .filter((balancer) =>
      objectsAt(balancer, "loadBalancingRules").objects.some(({ value }) => value.backendPort === port),
    )
    .map(({ name }) => name);
}
