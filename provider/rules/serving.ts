import { findKeyGroup, findServing, groupsServing, type KeyGroupEntry } from "../catalog/key-groups";
import { findEdition, findOperatingSystem, type OperatingSystemEntry } from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { findImpossiblePair, type RequiredUpdate, requiredUpdates, updateStatus } from "../catalog/updates";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import {
  type GroupFacts,
  hostBuild,
  type HostFacts,
  hostOs,
  isAbsent,
  isGiven,
  isPartlyUnknown,
  isReadOnly,
  type System,
  systemsOf,
} from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";

/**
 * Each KMS host of a client group must have a key whose group activates the clients, and no update makes Windows Server
 * 2008 R2 activate Windows Server 2016 or later.
 */
export const servedDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  windowsOf(group).flatMap((system) =>
    hostsOf(group, index).flatMap(({ host, path }) => pairDiagnostics(system, host, path)),
  );

function pairDiagnostics({ os, edition }: System, host: HostFacts, path: string): Diagnostic[] {
  const known = edition === undefined ? undefined : findEdition(os.name, edition);
  if (edition === undefined || known === undefined || known.edition.multiSession === true) {
    return [];
  }
  const given = `${os.name} ${edition}`;
  const runs = hostOs(host);
  if (runs !== undefined && findImpossiblePair(runs, os.name) !== undefined) {
    return [diagnostic("KMS2203", "error", path, { given, host: host.name, os: runs })];
  }
  if (isOutOfFamily(os, host)) {
    return [];
  }
  const { keyGroup } = host.args.key ?? {};
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  if (group === undefined) {
    return [];
  }
  const values = { given, group: group.name, host: host.name };
  const serving = groupsServing(os.name, edition);
  switch (findServing(group, os.name, edition)?.listing) {
    case undefined:
      return serving.length > 0
        ? [diagnostic("KMS2013", "error", path, { ...values, allowed: withHosts(serving) })]
        : outsideTable(os.name, edition, values, path);
    case "unlisted": {
      const listing = serving.filter((one) => findServing(one, os.name, edition)?.listing !== "unlisted");
      const others = listing.length === 0 ? "" : ` Groups that list it: ${withHosts(listing)}.`;
      return [diagnostic("KMS2204", "warning", path, { ...values, others })];
    }
    default:
      return [];
  }
}

/** A setup key says that KMS can activate an edition, though the table names no group that does. */
function outsideTable(
  os: string,
  edition: string,
  values: Record<string, string>,
  path: string,
): Diagnostic[] {
  const published = findSetupKey(os, edition) !== undefined;
  const though = published ? ", though a setup key is published" : "";
  return [diagnostic("KMS2016", published ? "warning" : "error", path, { ...values, though })];
}

const withHosts = (groups: KeyGroupEntry[]) =>
  listed(
    groups.map(({ name, hostFamily }) => `${name} (on a ${hostFamily} host)`),
    "or",
  );

/** Systems of a group of Windows clients. */
const windowsOf = (group: GroupFacts): System[] => (isGiven(group, "office") ? [] : systemsOf(group));

/** A KMS host that has keys of Office alone activates no Windows. */
export function windowsKeyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  if (isGiven(group, "office")) {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) =>
    !isAbsent(host, "key") || !isGiven(host, "officeKeys") || isReadOnly(host)
      ? []
      : [diagnostic("KMS2014", "error", path, { host: host.name })],
  );
}

/** Whether a KMS host on a client operating system would have to activate servers. */
function isOutOfFamily(system: OperatingSystemEntry, host: HostFacts): boolean {
  const runs = hostOs(host);
  return system.family !== "client" && runs !== undefined && findOperatingSystem(runs)?.family === "client";
}

/** A KMS host on a client operating system activates client operating systems only. */
export const hostFamilyDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => {
  const systems = new Set(windowsOf(group).map(({ os }) => os));
  return [...systems].flatMap((system) =>
    hostsOf(group, index).flatMap(({ host, path }) =>
      isOutOfFamily(system, host)
        ? [
            diagnostic("KMS2205", "error", path, {
              given: system.name,
              host: host.name,
              os: findOperatingSystem(hostOs(host)!)!.name,
            }),
          ]
        : [],
    ),
  );
};

/**
 * Updates that a KMS host needs for these clients: met by the update, by a later cumulative one, by the build or by a date.
 * What is too old is an error, what is not known a warning; of a host that somebody else manages it is not judged. Clients
 * that need the same update are named together.
 */
export const updatesDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => {
  const clients = [...new Set(windowsOf(group).map(({ os }) => os.name))];
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const runs = hostOs(host);
    const needed = new Map<RequiredUpdate, string[]>();
    for (const client of runs === undefined ? [] : clients) {
      requiredUpdates(runs!, client).forEach((update) =>
        needed.set(update, [...(needed.get(update) ?? []), client]),
      );
    }
    return [...needed].flatMap(([update, named]) => updateDiagnostics(update, host, path, listed(named)));
  });
};

function updateDiagnostics(
  update: RequiredUpdate,
  host: HostFacts,
  path: string,
  client: string,
): Diagnostic[] {
  const { updates, updatedThrough } = host.args.assume ?? {};
  const known = updates?.flatMap((kb) => kb ?? []);
  const build = hostBuild(host);
  const status = updateStatus(update, { kbs: known, build, updatedThrough });
  const isOpen = ["updates", "osBuild", "updatedThrough"].some((name) =>
    isPartlyUnknown(host, `assume.${name}`),
  );
  if (status === "met" || (isOpen && status !== "missing")) {
    return [];
  }
  const declare = [
    `assume.updates: ["${update.kb}"]`,
    ...(update.minimumBuild !== undefined
      ? [`assume.osBuild: "${update.minimumBuild}" or later`]
      : update.released !== undefined
        ? [`assume.updatedThrough: "${update.released}" or later`]
        : []),
  ];
  const released = update.released === undefined ? "" : ` of ${update.released}`;
  const values = {
    host: host.name,
    os: hostOs(host) ?? "",
    client,
    kb: update.kb,
    released: released === "" ? "" : `${released} or a later cumulative update`,
    declare: declare.join(", or "),
  };
  if (status === "missing") {
    const given = build === undefined ? `updates through ${updatedThrough ?? ""}` : `build ${build}`;
    return [diagnostic("KMS2206", "error", path, { ...values, released, given })];
  }
  if (known !== undefined && known.length > 0) {
    const verb = status === "older" ? "do not contain it" : "are not known to contain it";
    return [diagnostic("KMS2208", "warning", path, { ...values, given: listed(known), verb })];
  }
  return isReadOnly(host) ? [] : [diagnostic("KMS2207", "warning", path, values)];
}
