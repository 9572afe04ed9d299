import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** A KMS host is activated over the Internet, which a private subnet without an outbound method does not reach. */
export function hostOutboundVerdicts({ network }: HostFacts): Verdict[] {
  return network?.privateSubnet === true && (network.outbound ?? "none") === "none"
    ? [verdict("KMS2105", "warning", "network.outbound", {})]
    : [];
}
