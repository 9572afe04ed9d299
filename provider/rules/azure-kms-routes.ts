import { azureKmsOf, azureKmsPrefixes } from "../catalog/azure-kms";
import { addressRange } from "./azure-network/address-ranges";
import { type DeclaredResource, objectsAt } from "./azure-network/declared-resource";
import { routeTable } from "./azure-network/routes";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import type { GroupFacts } from "./facts";
import { readOnlyLockDiagnostics } from "./locks";
import type { ProgramIndex } from "./program-index";
import { placesOfGroup } from "./reachability";

/**
 * The route table that gets the routes to Azure's own KMS, where the program declares it: what it has already, and whether
 * the members' subnets use it. Azure's refusal: RouteConflict, learn.microsoft.com virtual-networks-udr-overview.
 */
export function routeTableDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { args, unknown, links = [], azureCloud = "public" } = group;
  const { all } = index.network;
  const path = "azureKmsRouteTableId";
  const table =
    args.azureKms === true
      ? all.referred({ values: args, unknown, links }, path, "network:RouteTable")
      : undefined;
  if (typeof table !== "object") {
    return [];
  }
  const prefixes = azureKmsPrefixes(azureKmsOf(azureCloud));
  // Routes that groups of the program bring are seen as well, once they are declared.
  const brought = new Set(
    [...index.groups()].flatMap(({ name }) => prefixes.map((prefix) => azureKmsRouteName(name, prefix))),
  );
  const others = routeTable(table, all).routes.filter(({ name }) => !brought.has(name));
  const ranges = prefixes.map(addressRange);
  const taken = others.filter(({ range }) =>
    ranges.some((one) => one?.from === range?.from && one?.to === range?.to),
  );
  if (taken.length > 0) {
    return [diagnostic("KMS2284", "error", path, { given: listed(taken.map(({ words }) => words)) })];
  }
  const name = `the route table "${table.name}"`;
  return [
    ...readOnlyLockDiagnostics(table, path, { resource: name, parts: "routes" }, all),
    ...(objectsAt(table, "routes").objects.length > 0
      ? [diagnostic("KMS2285", "warning", path, { table: name })]
      : []),
    ...unusedDiagnostics(group, table, name, index),
  ];
}

/** Logical name of a route that a group brings. */
export const azureKmsRouteName = (group: string, prefix: string): string =>
  `${group}-azkms-${prefix.split("/")[0]}`;

function unusedDiagnostics(
  group: GroupFacts,
  table: DeclaredResource,
  name: string,
  index: ProgramIndex,
): Diagnostic[] {
  const subnets = placesOfGroup(group, index).map(({ subnet }) => subnet);
  const others = subnets.filter(
    ({ routeTable: used }) => used === undefined || (typeof used === "object" && used.resource !== table),
  );
  return subnets.length > 0 && others.length === subnets.length
    ? [
        diagnostic("KMS2286", "warning", "azureKmsRouteTableId", {
          table: name,
          given: listed([...new Set(others.map(({ words }) => words))]),
        }),
      ]
    : [];
}
