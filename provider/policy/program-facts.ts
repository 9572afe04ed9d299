import { groupFacts } from "../group/facts";
import { hostFacts } from "../host/facts";
import { lookupFacts } from "../host/facts";
import type { KMSClientGroupArgs } from "../group/old-args";
import type { GroupFacts, HostFacts } from "../rules/facts";
import type { Tolerance } from "../rules/diagnostic";
import type { DeclaredResource } from "./declared-resource";
import { kmsClientGroupType, kmsHostLookupType, kmsHostType } from "./resource-types";

/** Facts of a component with the resource that they are of. */
export interface Declared<Facts> {
  resource: DeclaredResource;
  facts: Facts & Tolerance;
}

/** The KMS hosts among the resources, in the order of the program. */
export function declaredHosts(resources: DeclaredResource[]): Declared<HostFacts>[] {
  return resources
    .filter(({ type }) => type === kmsHostType)
    .map((resource) => ({ resource, facts: hostFacts(resource.name, resource) }));
}

/** Hosts that other stacks manage and groups of this one name. */
export const lookedUpHosts = (resources: DeclaredResource[]): HostFacts[] =>
  resources
    .filter(({ type }) => type === kmsHostLookupType)
    .map((resource) => lookupFacts(resource.name, resource));

/** The client groups among the resources, in the order of the program. */
export function declaredGroups(resources: DeclaredResource[]): Declared<GroupFacts>[] {
  return resources
    .filter(({ type }) => type === kmsClientGroupType)
    .map((resource) => ({ resource, facts: factsOfGroup(resource) }));
}

/** The engine sees a group's hosts as their URNs. */
function factsOfGroup(resource: DeclaredResource): GroupFacts {
  const { hosts = [], ...values } = resource.values as { hosts?: unknown[] };
  const named = hosts.filter((urn) => typeof urn === "string").map((urn) => ({ name: nameOf(urn) }));
  const args = { ...values, hosts: named } as unknown as KMSClientGroupArgs;
  return groupFacts(resource.name, args, { values, unknownPaths: resource.unknownPaths });
}

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);
