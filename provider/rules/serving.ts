import { findKeyGroup, findServing, groupsServing, type KeyGroupEntry } from "../catalog/key-groups";
import { findEdition, findOperatingSystem } from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { findImpossiblePair, type RequiredUpdate, requiredUpdates, updateStatus } from "../catalog/updates";
import type { GroupFacts, HostFacts } from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/**
 * Each KMS host of a client group must have a key whose group activates the clients (R026 and on), and no update makes
 * Windows Server 2008 R2 activate Windows Server 2016 or later (R105).
 */
export function servedDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const system = group.os === undefined ? undefined : findOperatingSystem(group.os);
  const { edition, office } = group;
  if (
    office !== undefined ||
    system === undefined ||
    edition === undefined ||
    findEdition(system.name, edition) === undefined
  ) {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const given = `${system.name} ${edition}`;
    if (host.os !== undefined && findImpossiblePair(host.os, system.name) !== undefined) {
      return [diagnostic("KMS2203", "error", path, { given, host: host.name, os: host.os })];
    }
    const keyGroup = host.keyGroup === undefined ? undefined : findKeyGroup(host.keyGroup);
    if (keyGroup === undefined) {
      return [];
    }
    const values = {
      given,
      group: keyGroup.name,
      host: host.name,
      allowed: named(groupsServing(system.name, edition)),
    };
    const listing = findServing(keyGroup, system.name, edition)?.listing;
    if (listing === undefined) {
      return group.acceptUnlisted === true
        ? [diagnostic("KMS2204", "warning", path, values)]
        : [diagnostic("KMS2013", "error", path, values)];
    }
    return listing === "unlisted" ? [diagnostic("KMS2204", "warning", path, values)] : [];
  });
}

const named = (groups: KeyGroupEntry[]) =>
  groups.map(({ name, hostFamily }) => `"${name}" (on a ${hostFamily} host)`).join(", ") || "none";

/** A KMS host on a client operating system activates client operating systems only (R016, R017, A-02). */
export function hostFamilyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const system = group.os === undefined ? undefined : findOperatingSystem(group.os);
  if (group.office !== undefined || system?.family !== "server") {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const hostSystem = host.os === undefined ? undefined : findOperatingSystem(host.os);
    return hostSystem?.family === "client"
      ? [diagnostic("KMS2205", "error", path, { given: system.name, host: host.name, os: hostSystem.name })]
      : [];
  });
}

/**
 * Updates that a KMS host needs for these clients (R019, R099 to R104): met by the update, by a later one, or by the
 * build; a build that is too low is an error, what is not known a warning.
 */
export function updatesDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const client = group.os === undefined ? undefined : findOperatingSystem(group.os);
  if (client === undefined || group.office !== undefined) {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const needed = host.os === undefined ? [] : requiredUpdates(host.os, client.name);
    return needed.flatMap((update) => updateDiagnostics(update, host, path, client.name));
  });
}

function updateDiagnostics(
  update: RequiredUpdate,
  host: HostFacts,
  path: string,
  client: string,
): Diagnostic[] {
  const status = updateStatus(update, { kbs: host.updates, build: host.osBuild });
  if (status === "met") {
    return [];
  }
  const values = {
    host: host.name,
    os: host.os ?? "",
    client,
    kb: update.kb,
    released: update.released ?? "an unknown date",
    build: update.minimumBuild === undefined ? "" : `, or osBuild: "${update.minimumBuild}" or later`,
    given: host.osBuild ?? (host.updates ?? []).join(", "),
  };
  if (status === "missing") {
    return [diagnostic("KMS2206", "error", path, values)];
  }
  return [diagnostic(host.updates === undefined ? "KMS2207" : "KMS2208", "warning", path, values)];
}

/** The edition of a client group exists and has a setup key, for without one no machine of it can be a KMS client (R148, A-19). */
export function groupEditionDiagnostics({ os, edition, office }: GroupFacts): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || edition === undefined || office !== undefined) {
    return [];
  }
  const known = findEdition(system.name, edition);
  if (known !== undefined && findSetupKey(system.name, edition) !== undefined) {
    return [];
  }
  const names = system.editions.map(({ name }) => name);
  const allowed = names.filter((name) => findSetupKey(system.name, name) !== undefined).join(", ");
  const code = known === undefined ? "KMS2005" : "KMS2009";
  return [
    diagnostic(code, "error", "edition", { given: edition, os: system.name, allowed: allowed || "none" }),
  ];
}

/** Clients without support can still be activated, so they are told and not warned of; a retired channel is. */
export function groupSupportDiagnostics({ os }: GroupFacts, { today }: ProgramIndex): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const end = system?.endOfSupport;
  if (system === undefined || end === undefined || today === undefined || end >= today) {
    return [];
  }
  const retired = system.releaseOf !== undefined || system.name.endsWith("Semi-Annual Channel");
  return [
    diagnostic(retired ? "KMS2202" : "KMS2201", retired ? "warning" : "info", "os", {
      given: system.name,
      end,
    }),
  ];
}

/**
 * A setup key does not turn an evaluation copy into a volume license (R147). Standard Core can only become Datacenter
 * Core, and a domain controller nothing. Source: learn.microsoft.com upgrade-conversion-options.
 */
export function groupEvaluationDiagnostics({
  image,
  os = "",
  edition = "",
  domainController,
  office,
}: GroupFacts): Diagnostic[] {
  if (image?.evaluation !== true || office !== undefined) {
    return [];
  }
  const diagnostics = [
    diagnostic("KMS2223", "error", "image.evaluation", { given: `${os} ${edition}`.trim() }),
  ];
  return domainController === true
    ? [...diagnostics, diagnostic("KMS2224", "info", "domainController", {})]
    : diagnostics;
}
