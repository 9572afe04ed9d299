import { MemberStatus } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { containsUnknown } from "../engine/inputs";
import { fixedChanges, fixedDiagnostics, type FixedValues, inProgram } from "../host/fixed-changes";
import { type Diagnostic, diagnostic, listed, someOf } from "../rules/diagnostic";
import type { CreatedMembers, MemberState } from "./state";

/** A machine or scale set that another one takes the place of. */
interface Replaced {
  name: string;
  /** Its place among the machines. */
  index: number;
  causes: string[];
}

function replacedResources(olds: CreatedMembers, news: CreatedMembers): Replaced[] {
  const choices = Object.entries(news.choices).flatMap(([argument, value]) =>
    containsUnknown([value, olds.choices[argument]]) || olds.choices[argument] === value ? [] : argument,
  );
  return news.resources.flatMap(({ name, fixed }, index) => {
    const old = olds.resources.find((one) => one.name === name);
    const changed = fixedChanges("replaces", old?.fixed, fixed).map((one) => inProgram(one, news.path));
    const causes = old === undefined ? [] : [...choices, ...changed];
    return causes.length === 0 ? [] : [{ name, index, causes }];
  });
}

/** Whether two states of a group tell of the same kind of machines, which exist. */
const isComparable = (
  olds: CreatedMembers | undefined,
  news: CreatedMembers | undefined,
): news is CreatedMembers => olds !== undefined && olds.path === news?.path;

/** What Azure does not change on machines of a group that stay. */
export function keptMembersDiagnostics(
  group: string,
  olds: CreatedMembers | undefined,
  news: CreatedMembers | undefined,
): Diagnostic[] {
  if (olds === undefined || !isComparable(olds, news)) {
    return [];
  }
  const replaced = new Set(replacedResources(olds, news).map(({ name }) => name));
  const before = new Map(olds.resources.map(({ name, fixed }) => [name, fixed]));
  const staying = news.resources.filter(({ name }) => before.has(name) && !replaced.has(name));
  // Machines with the same faults are named together, and what was created with all of them once.
  const alike = new Map<string, { fixed: FixedValues; old: FixedValues; names: string[] }>();
  for (const { name, fixed } of staying) {
    const old = before.get(name)!;
    const changes = [fixedChanges("refused", old, fixed), fixedChanges("deallocated", old, fixed)];
    const key = JSON.stringify(changes);
    alike.set(key, { fixed, old, names: [...(alike.get(key)?.names ?? []), name] });
  }
  const what = news.path === "machines.scaleSet" ? "scale set" : "machine";
  const common = { component: group, what, path: news.path } as const;
  const instead = `Only a new ${what} takes another value.`;
  const created = (names: string[]) => ({
    ...common,
    machines: names,
    interfaces: names.map((name) => name.replace(/-vm$/, "-nic")),
    instead,
  });
  const ofAll = fixedDiagnostics(
    created(staying.map(({ name }) => name)),
    { ...olds, fixed: {} },
    { ...news, fixed: {} },
  );
  return staying.length === 0
    ? []
    : [
        ...[...alike.values()].flatMap(({ fixed, old, names }) =>
          fixedDiagnostics(created(names), { fixed: old }, { fixed }),
        ),
        ...ofAll,
      ];
}

/** So many members are named. */
const named = 5;

/** Which members a change replaces, and what ends with them. */
export function replacedMembersDiagnostics(
  group: string,
  olds: { created?: CreatedMembers; members: readonly MemberState[] },
  news: CreatedMembers | undefined,
): Diagnostic[] {
  const { created, members } = olds;
  if (created === undefined || !isComparable(created, news)) {
    return [];
  }
  const replaced = replacedResources(created, news);
  if (replaced.length === 0) {
    return [];
  }
  const isSet = news.path === "machines.scaleSet";
  const lost = isSet ? [...members] : replaced.flatMap(({ index }) => members[index] ?? []);
  const shown = (names: readonly string[]) => {
    const more = names.length - named;
    return more > 0 ? `${names.slice(0, named).join(", ")} and ${more} more` : listed(names);
  };
  const given = [...new Set(replaced.flatMap(({ causes }) => causes))];
  const path = given.find((cause) => cause.startsWith("machines.") || cause === "os" || cause === "edition");
  const licensed = lost.filter(({ status }) => status === MemberStatus.Licensed).length;
  const activated = someOf(licensed, lost.length, "is", "are");
  const values = {
    given: listed(given),
    count: lost.length,
    group,
    names: shown(lost.map(({ name }) => name)),
    activated:
      activated === ""
        ? ""
        : `; ${activated} activated, and that ends with ${lost.length === 1 ? "the machine" : "the machines"}`,
    days: limits.countWindowDays,
    resources: shown(replaced.map(({ name }) => name)),
  };
  return lost.length === 0 ? [] : [diagnostic("KMS4034", "warning", path ?? news.path, values)];
}
