import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** A KMS host that is activated over the Internet does not reach it from a private subnet without an outbound method. */
export function hostOutboundVerdicts({ activation = "online", network }: HostFacts): Verdict[] {
  return activation === "online" && network?.privateSubnet === true && (network.outbound ?? "none") === "none"
    ? [verdict("KMS2105", "warning", "network.outbound", {})]
    : [];
}
