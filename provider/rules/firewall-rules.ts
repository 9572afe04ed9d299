import { azureKmsEntries } from "../catalog/azure-kms";
import { limits } from "../catalog/limits";
import type { NetworkFacts } from "./facts";
import { type Verdict, verdict } from "./verdict";

/**
 * KMS is neither HTTP nor HTTPS: an application rule of Azure Firewall accepts the connection and cannot carry the
 * request. Source: azure-docs #45703.
 */
export function firewallVerdicts({ network }: { network?: NetworkFacts }): Verdict[] {
  const verdicts = (network?.firewallApplicationRules ?? []).flatMap((rule, index) =>
    new RegExp(`:${limits.kmsPort}\\b`).test(rule)
      ? [verdict("KMS2106", "error", `network.firewallApplicationRules[${index}]`, { given: rule })]
      : [],
  );
  const rules = [...(network?.firewallApplicationRules ?? []), ...(network?.firewallNetworkRules ?? [])].join(
    " ",
  );
  const names = rules.split(/[\s,]+/);
  return [...verdicts, ...oldNameVerdicts(names)];
}

/** Azure's own KMS has a newer name and an older one. Source: learn.microsoft.com custom-routes-enable-kms-activation. */
function oldNameVerdicts(names: string[]): Verdict[] {
  return azureKmsEntries().flatMap(({ servers: [newer, older] }) =>
    older !== undefined && names.includes(older.name) && !names.includes(newer.name)
      ? [verdict("KMS2107", "warning", "network", { given: older.name, allowed: newer.name })]
      : [],
  );
}
