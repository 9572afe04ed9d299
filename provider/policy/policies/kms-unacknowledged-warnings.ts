import { groupDiagnostics } from "../../rules/validate";
import { hostDiagnostics } from "../../rules/validate";
import { programIndex } from "../../rules/program-index";
import { type Tolerance, settle } from "../../rules/diagnostic";
import type { Diagnostic } from "../../rules/diagnostic";
import { type KmsPolicy, violation } from "../policy";
import { type Declared, declaredGroups, declaredHosts, lookedUpHosts } from "../program-facts";
import schema from "../schema/kms-unacknowledged-warnings.schema.json";

interface Parameters {
  /** Codes of warnings that need no acknowledgement, for example `KMS2209`. */
  ignore: string[];
}

/** Whoever accepts a warning says so in the program. */
export const kmsUnacknowledgedWarnings: KmsPolicy<Parameters> = {
  name: "kms-unacknowledged-warnings",
  description: "Warnings of KMS hosts and client groups are acknowledged in the program.",
  enforcementLevel: "advisory",
  scope: "stack",
  schema,
  review(resources, { ignore }, { today }) {
    const hosts = declaredHosts(resources);
    const groups = declaredGroups(resources);
    const known = [...hosts.map(factsOf), ...lookedUpHosts(resources)];
    const index = programIndex({ hosts: known, groups: groups.map(factsOf), today });
    const warnings = <Facts>({ resource, facts }: Declared<Facts>, diagnostics: Diagnostic[]) =>
      settle(diagnostics, facts as Tolerance)
        .filter(({ severity, code }) => severity === "warning" && !ignore.includes(code))
        .map(({ code, message }) =>
          violation(resource, "KMS8011", { warning: withoutPeriod(message), code }),
        );
    return [
      ...hosts.flatMap((host) => warnings(host, hostDiagnostics(host.facts, index))),
      ...groups.flatMap((group) => warnings(group, groupDiagnostics(group.facts, index))),
    ];
  },
};

const factsOf = <Facts>({ facts }: Declared<Facts>) => facts;

/** The warning becomes the fact of another message, which ends it itself. */
const withoutPeriod = (message: string) => message.replace(/\.$/, "");
