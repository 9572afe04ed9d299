import { alikeDiagnostics, type Diagnostic, diagnostic, shownValue } from "../diagnostic";
import {
  type GroupFacts,
  hasAzureMembers,
  type HostFacts,
  isAzureHost,
  isReadOnly,
  isSecret,
} from "../facts";
import { memberPath } from "../paths";
import { isReservedTagName, tagCountRefusal, tagRefusals } from "./tags";

/** What Azure refuses of the tags of a host's resources. */
export const hostTagDiagnostics = (host: HostFacts): Diagnostic[] =>
  isAzureHost(host) && !isReadOnly(host) ? tagDiagnostics(host) : [];

/** What Azure refuses of the tags of a group's resources. */
export const groupTagDiagnostics = (group: GroupFacts): Diagnostic[] =>
  hasAzureMembers(group) ? tagDiagnostics(group) : [];

function tagDiagnostics(facts: HostFacts | GroupFacts): Diagnostic[] {
  const { tags = {} } = facts.args;
  const secret = isSecret(facts, "tags");
  const pathOf = (name: string) => (secret ? "tags" : memberPath("tags", name));
  const count = tagCountRefusal(Object.keys(tags).length);
  const refused = tagRefusals(tags).map(({ name, reason, rule }) => ({
    path: pathOf(name),
    values: {
      given: shownValue(name, secret),
      reason: secret && rule === "tagNameCase" ? "only capitals distinguish it from another tag" : reason,
    },
  }));
  const reserved = Object.keys(tags)
    .filter(isReservedTagName)
    .map((name) => ({ path: pathOf(name), values: { given: shownValue(name, secret) } }));
  return [
    ...(count === undefined ? [] : [diagnostic("KMS2123", "error", "tags", { reason: count.reason })]),
    ...alikeDiagnostics("KMS2122", "error", refused),
    ...alikeDiagnostics("KMS2124", "warning", reserved),
  ];
}
