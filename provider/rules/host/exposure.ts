import { isPublicPrefix } from "../public-prefix";
import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** KMS is for the own network: no prefix may let the Internet in (R006). */
export function exposureVerdicts({ clientPrefixes = [] }: HostFacts): Verdict[] {
  return clientPrefixes.flatMap((prefix, index) =>
    isPublicPrefix(prefix)
      ? [verdict("KMS2102", "error", `clientPrefixes[${index}]`, { given: prefix })]
      : [],
  );
}
