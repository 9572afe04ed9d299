import type { GroupFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** Next hops of Azure that take traffic away from Azure's own way to the Internet. */
const elsewhere = new Set(["virtualnetworkgateway", "virtualappliance", "none"]);

/**
 * Azure's own KMS answers only what comes from an Azure public address.
 * Source: learn.microsoft.com custom-routes-enable-kms-activation, default-outbound-access.
 */
export function azureKmsRouteVerdicts({ azureKms, network }: GroupFacts): Verdict[] {
  if (network === undefined) {
    return [];
  }
  const hop = network.defaultRoute?.toLowerCase() ?? "";
  const verdicts: Verdict[] = [];
  if (azureKms === true && elsewhere.has(hop)) {
    const servers = (network.dnsServers ?? []).join(", ") || "the machines' DNS servers";
    verdicts.push(
      verdict("KMS2232", "warning", "network.defaultRoute", { given: network.defaultRoute!, servers }),
    );
    verdicts.push(verdict("KMS2233", "info", "network.defaultRoute", {}));
  }
  if (hop === "virtualappliance") {
    verdicts.push(verdict("KMS2234", "warning", "network.defaultRoute", { given: network.defaultRoute! }));
  }
  if (azureKms === true && network.privateSubnet === true && (network.outbound ?? "none") === "none") {
    verdicts.push(verdict("KMS2235", "warning", "network.outbound", {}));
  }
  return verdicts;
}
