import { limits } from "../catalog/limits";
import type { NetworkFacts } from "./facts";
import { type Verdict, verdict } from "./verdict";

/** Azure's own KMS has an old and a new name. Source: learn.microsoft.com custom-routes-enable-kms-activation. */
const oldAzureKms = "kms.core.windows.net";
const newAzureKms = "azkms.core.windows.net";

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
  return names.includes(oldAzureKms) && !names.includes(newAzureKms)
    ? [...verdicts, verdict("KMS2107", "warning", "network", { given: oldAzureKms, allowed: newAzureKms })]
    : verdicts;
}
