import { limits } from "../catalog/limits";
import { addressRange } from "./azure-network/address-ranges";
import type { Place } from "./azure-network/program-network";
import { decide, licensingDenied, type SecurityGroup } from "./azure-network/security-rules";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { endpointOf } from "./reachability";

/*
 * What the program's security rules do with requests to Azure's own KMS.
 */

/** A rule for the service tag of Azure's KMS applies to it, unlike ordinary ones. */
export const licensingDiagnostics = (place: Place): Diagnostic[] =>
  groupsOf(place).flatMap((group) => {
    const rule = licensingDenied(group, limits.kmsPort, endpointOf(place));
    return rule === undefined ? [] : [diagnostic("KMS2273", "warning", place.path, { rule: rule.words })];
  });

const groupsOf = ({ securityGroup, subnet }: Place): SecurityGroup[] =>
  [securityGroup, subnet.securityGroup].filter((group) => typeof group === "object");

/**
 * With a default route of the user's own, ordinary security rules apply to Azure's KMS as well, to each of its addresses.
 * @param prefixes those of Azure's KMS that the route leads away
 * @param all how many Azure's KMS has
 */
export function closedToAzure(
  place: Place,
  prefixes: readonly string[],
  all: number,
  route: string,
): Diagnostic[] {
  const denied = prefixes.flatMap((prefix) => {
    const connection = {
      direction: "Outbound" as const,
      source: endpointOf(place),
      destination: { kind: "azureKms" as const, ranges: [addressRange(prefix)!] },
      port: limits.kmsPort,
      sameNetwork: false,
    };
    const rule = groupsOf(place)
      .map((group) => decide(group, connection))
      .find((decision) => decision?.allowed === false)?.rule;
    return rule === undefined ? [] : [{ rule, address: prefix.replace("/32", "") }];
  });
  const to = denied.length < all ? ` to ${listed(denied.map(({ address }) => address))}` : "";
  return denied
    .slice(0, 1)
    .map(({ rule }) => diagnostic("KMS2278", "warning", place.path, { rule: rule.words, route, to }));
}
