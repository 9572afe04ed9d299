import { declaredGroups, declaredHosts, diagnosticsOf } from "./components";
import type { DeclaredResource } from "./declared-resource";
import { policy, type Violation, violation } from "./policy";
import {
  azureKind,
  type Diagnostic,
  groupNetworkDiagnostics,
  hostNetworkDiagnostics,
  type Link,
  programIndex,
  settle,
} from "./product";

/**
 * What the stack declares with azure-native around its hosts and clients. A program in TypeScript is told by its preview; in
 * other languages only the engine sees all resources.
 */
export const kmsNetwork = policy({
  name: "kms-network",
  description: "The stack's own networks and zones let KMS clients and hosts do their work.",
  enforcementLevel: "mandatory",
  scope: "stack",
  parameters: {
    warnings: {
      type: "boolean",
      default: false,
      description: "Whether what may fail is reported as well, not only what is certain to",
    },
    ignore: {
      type: "array",
      uniqueItems: true,
      default: [],
      items: { type: "string", pattern: "^KMS[0-9]{4}$" },
      description: "Codes that are not reported, for example KMS2274",
    },
  },
  review(resources, { warnings, ignore }, { today }) {
    const hosts = declaredHosts(resources).map(linked);
    const groups = declaredGroups(resources).map(linked);
    const azure = resources
      .filter(({ type }) => azureKind(type) !== undefined)
      .map((resource) => ({ ...resource, key: resource.urn, links: linksOf(resource) }));
    const program = programIndex({
      hosts: hosts.map(({ facts }) => facts),
      groups: groups.map(({ facts }) => facts),
      resources: azure,
      today,
    });
    const report = (resource: DeclaredResource, diagnostics: Diagnostic[]): Violation[] => {
      const told = diagnosticsOf(resource).map(({ code, path }) => `${code} ${path}`);
      return settle(diagnostics, { ...acknowledgedBy(resource), today })
        .filter(({ severity }) => severity === "error" || (warnings && severity === "warning"))
        .filter(({ code, path }) => !ignore.includes(code) && !told.includes(`${code} ${path}`))
        .map(({ code, message }) => violation(resource, "KMS8012", { problem: message, code }));
    };
    return [
      ...hosts.flatMap(({ resource, facts }) => report(resource, hostNetworkDiagnostics(facts, program))),
      ...groups.flatMap(({ resource, facts }) => report(resource, groupNetworkDiagnostics(facts, program))),
    ];
  },
});

/** What a component was told to accept; what it accepts wrongly its own preview reports. */
const acknowledgedBy = ({ values }: DeclaredResource) => {
  const given: unknown = values.acknowledge;
  return Array.isArray(given) ? { acknowledge: given as { code: string; reason: string }[] } : {};
};

/** The engine knows what each input as a whole is made from. */
const linksOf = ({ dependencies }: DeclaredResource): Link[] =>
  Object.entries(dependencies).flatMap(([path, urns]) => urns.map((to) => ({ path, to })));

const linked = <Facts extends object>({ resource, facts }: { resource: DeclaredResource; facts: Facts }) => ({
  resource,
  facts: { ...facts, links: linksOf(resource) },
});
