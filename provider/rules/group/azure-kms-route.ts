import { azureKmsOf, azureKmsPrefixes } from "../../catalog/azure-kms";
import type { GroupFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** Next hops of Azure that take traffic away from Azure's own way to the Internet. */
const elsewhere = new Set(["virtualnetworkgateway", "virtualappliance", "none"]);

/**
 * Azure's own KMS answers only what comes from an Azure public address.
 * Source: learn.microsoft.com custom-routes-enable-kms-activation, default-outbound-access.
 */
export function azureKmsRouteVerdicts(group: GroupFacts): Verdict[] {
  const { azureKms = false, azureKmsRoutes, network } = group;
  if (network === undefined) {
    return [];
  }
  const given = network.defaultRoute ?? "";
  const hop = given.toLowerCase();
  const routed = azureKms && azureKmsRoutes !== undefined;
  const verdicts = azureKms && !routed && elsewhere.has(hop) ? routeVerdicts(group) : [];
  if (hop === "virtualappliance" && !routed) {
    verdicts.push(verdict("KMS2234", "warning", "network.defaultRoute", { given }));
  }
  if (azureKms && network.privateSubnet === true && (network.outbound ?? "none") === "none") {
    verdicts.push(
      routed
        ? verdict("KMS2235", "error", "azureKmsRoutes", {})
        : verdict("KMS2235", "warning", "network.outbound", {}),
    );
  }
  return verdicts;
}

function routeVerdicts({ network, azureCloud = "public" }: GroupFacts): Verdict[] {
  const kms = azureKmsOf(azureCloud);
  const values = {
    given: network?.defaultRoute ?? "",
    prefixes: allInWords(azureKmsPrefixes(kms)),
    names: kms.servers.map(({ name }) => name).join(" and "),
    servers: (network?.dnsServers ?? []).join(", ") || "the machines' DNS servers",
  };
  return [
    verdict("KMS2232", "warning", "network.defaultRoute", values),
    verdict("KMS2233", "info", "network.defaultRoute", {}),
  ];
}

const allOf = ["", "", ", both", ", all three"];

/** `a, b and c, all three`: whoever leaves one out loses activation now and then. */
function allInWords(items: string[]): string {
  const last = items.slice(-1);
  const list = [...(items.length > 1 ? [items.slice(0, -1).join(", ")] : []), ...last].join(" and ");
  return `${list}${allOf[items.length] ?? ", all of them"}`;
}
