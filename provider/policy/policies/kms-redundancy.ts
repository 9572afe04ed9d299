import type { GroupFacts } from "../../rules/facts";
import { type KmsPolicy, type Violation, violation } from "../policy";
import { type Declared, declaredGroups, declaredHosts } from "../program-facts";
import schema from "../schema/kms-redundancy.schema.json";

interface Parameters {
  /** Clients that may depend on fewer hosts. */
  clients: number;
  /** Hosts that more clients than that need. */
  hosts: number;
}

/** Above 50 clients two KMS hosts are recommended (R107). */
export const kmsRedundancy: KmsPolicy<Parameters> = {
  name: "kms-redundancy",
  description: "Many clients have more than one KMS host.",
  enforcementLevel: "advisory",
  scope: "stack",
  schema,
  review(resources, parameters) {
    const clientsOf = clientsByHost(declaredGroups(resources), parameters.hosts);
    return declaredHosts(resources).flatMap(({ resource }): Violation[] => {
      const given = clientsOf.get(resource.name) ?? 0;
      return given > parameters.clients
        ? [violation(resource, "KMS8004", { given, clients: parameters.clients, allowed: parameters.hosts })]
        : [];
    });
  },
};

/** Machines of all groups that name a host and too few others beside it. */
function clientsByHost(groups: Declared<GroupFacts>[], wantedHosts: number): Map<string, number> {
  const clients = new Map<string, number>();
  for (const { hosts, count = 0, azureKms } of groups.map(({ facts }) => facts)) {
    if (hosts.length < wantedHosts && azureKms !== true) {
      hosts.forEach((host) => clients.set(host, (clients.get(host) ?? 0) + count));
    }
  }
  return clients;
}
