import type { GroupFacts } from "../facts";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A host of our own making lets in its client prefixes and nobody else, so without any no member reaches it (R127). */
export function reachVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  return hostsOf(group, index).flatMap(({ host, path }) =>
    host.created === true && host.clientPrefixes?.length === 0
      ? [verdict("KMS2222", "error", path, { host: host.name })]
      : [],
  );
}
