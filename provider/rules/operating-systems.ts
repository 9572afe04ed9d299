import {
  findHosting,
  findKeyGroup,
  findServing,
  groupsHostedOn,
  type KeyGroupEntry,
  officeEndOfSupport,
  officeNameOf,
} from "../catalog/key-groups";
import {
  type Edition,
  findEdition,
  findOperatingSystem,
  type OperatingSystemEntry,
} from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import {
  createsMachines,
  type GroupFacts,
  hostEdition,
  type HostFacts,
  hostOs,
  isAbsent,
  isCreated,
  isGiven,
  isReadOnly,
  isUniform,
  systemsOf,
} from "./facts";
import type { ProgramIndex } from "./program-index";
import { unknownEdition } from "./unknown-systems";

/** A machine that is to be created is made from an image of one operating system. */
export const hostOsNeededDiagnostics = (host: HostFacts): Diagnostic[] =>
  isCreated(host) && isAbsent(host, "os")
    ? [needed("os", "the operating system of the machine to create")]
    : [];

/** Machines that are to be created, and the model of a Uniform scale set, are of one operating system and edition. */
export function groupOsNeededDiagnostics(group: GroupFacts): Diagnostic[] {
  if (!createsMachines(group) && !isUniform(group)) {
    return [];
  }
  return (["os", "edition"] as const)
    .filter((name) => isAbsent(group, name))
    .map((name) =>
      needed(name, `the ${name === "os" ? "operating system" : name} of the machines to create`),
    );
}

const needed = (path: string, allowed: string) => diagnostic("KMS1002", "error", path, { allowed });

/** The operating system of a KMS host must be one that can host keys of its product key group. */
export function hostPairDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const { keyGroup } = host.args.key ?? {};
  const os = hostOs(host);
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (group === undefined || system === undefined || findHosting(group, system.name) !== undefined) {
    return [];
  }
  const hosts = listed([...new Set(group.hosts.map((entry) => entry.os))]);
  const own = groupsHostedOn(system.name).filter(({ application }) => application === group.application);
  const hint =
    own.length === 0
      ? `${system.name} can host no group of the catalogue`
      : `${system.name} can host ${namesOf(own, "and")}${keptClients(host.name, own, index)}`;
  return [
    diagnostic("KMS2004", "error", "key.keyGroup", {
      given: group.name,
      os: system.name,
      allowed: hosts,
      change: own.length === 0 ? "os" : "os or key.keyGroup",
      hint,
    }),
  ];
}

const namesOf = (groups: KeyGroupEntry[], conjunction: "and" | "or") =>
  listed(
    groups.map(({ name }) => name),
    conjunction,
  );

/** Which of the groups would still activate all clients of the host, whose setup keys then stay as they are. */
function keptClients(host: string, groups: KeyGroupEntry[], index: ProgramIndex): string {
  const clients = index
    .groupsOf(host)
    .filter((group) => !isGiven(group, "office"))
    .flatMap(systemsOf)
    .flatMap(({ os, edition }) => (edition === undefined ? [] : [{ os: os.name, edition }]));
  const serving = groups.filter((group) =>
    clients.every(({ os, edition }) => findServing(group, os, edition) !== undefined),
  );
  const names = listed([...new Set(clients.map(({ os, edition }) => `${os} ${edition}`))]);
  return clients.length === 0 || serving.length === 0
    ? ""
    : `; with ${namesOf(serving, "or")} the clients (${names}) need no other setup key`;
}

/** The edition of a KMS host exists, is no Azure Edition, and is one that the product key group names. */
export function hostEditionDiagnostics(host: HostFacts): Diagnostic[] {
  const { keyGroup } = host.args.key ?? {};
  const os = hostOs(host);
  const edition = hostEdition(host);
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || edition === undefined) {
    return [];
  }
  const known = findEdition(system.name, edition)?.edition;
  if (known === undefined) {
    return [
      unknownEdition(
        edition,
        system,
        system.editions
          .filter(({ azureOnly, multiSession: several }) => azureOnly !== true && several !== true)
          .map(({ name }) => name),
        true,
      ),
    ];
  }
  if (known.multiSession === true) {
    return [
      multiSession(
        system,
        known,
        "Use a machine with another edition: although such a machine reports itself as a server, it cannot be a KMS host.",
      ),
    ];
  }
  if (known.azureOnly === true) {
    const others = system.editions.filter(
      ({ azureOnly, multiSession: several }) => azureOnly !== true && several !== true,
    );
    const allowed = listed(
      others.map(({ name }) => name),
      "or",
    );
    return [diagnostic("KMS2006", "error", "edition", { given: `${system.name} ${known.name}`, allowed })];
  }
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  const named = group && findHosting(group, system.name)?.editions;
  if (group === undefined || named === undefined || named.includes(known.name)) {
    return [];
  }
  return [
    diagnostic("KMS2007", "error", "edition", {
      given: known.name,
      group: group.name,
      os: system.name,
      allowed: listed(named),
    }),
  ];
}

/** Such a machine activates in Azure alone. Source: learn.microsoft.com azure/virtual-desktop multi-session FAQ. */
const multiSession = (os: OperatingSystemEntry, edition: Edition, change: string) =>
  diagnostic("KMS2017", "error", "edition", { given: `${os.name} ${edition.name}`, change });

/** The edition of a client group exists and has a setup key; without one no machine of it can be a KMS client. */
export function groupEditionDiagnostics(group: GroupFacts): Diagnostic[] {
  if (isGiven(group, "office")) {
    return [];
  }
  return systemsOf(group).flatMap(({ os, edition }) => {
    const known = edition === undefined ? undefined : findEdition(os.name, edition);
    if (edition === undefined || (known !== undefined && findSetupKey(os.name, edition) !== undefined)) {
      return [];
    }
    if (known?.edition.multiSession === true) {
      return group.args.azureKms === true
        ? []
        : [
            multiSession(
              known.os,
              known.edition,
              "Use azureKms: true in place of hosts, and leave the edition as it is.",
            ),
          ];
    }
    const names = os.editions.map(({ name }) => name);
    const allowed = names.filter((name) => findSetupKey(os.name, name) !== undefined);
    return allowed.length === 0
      ? [diagnostic("KMS2015", "error", "edition", { given: edition, os: os.name })]
      : [unknownEdition(edition, os, allowed, false)];
  });
}

/** A KMS host whose operating system gets no more updates. */
export function hostSupportDiagnostics(host: HostFacts, { today }: ProgramIndex): Diagnostic[] {
  const os = hostOs(host);
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const end = system?.endOfSupport;
  return system === undefined || end === undefined || today === undefined || end >= today || isReadOnly(host)
    ? []
    : [
        diagnostic("KMS2104", "warning", "os", {
          given: system.name,
          end,
          extended: boughtUpdates(system, today),
        }),
      ];
}

/** Updates that can still be bought; "" for none. */
function boughtUpdates({ extendedSecurityUpdatesUntil: until }: OperatingSystemEntry, today: string): string {
  return until === undefined || until < today
    ? ""
    : `, except Extended Security Updates, which can be bought until ${until}`;
}

/** Clients without support can still be activated, so that is an information only; a retired channel is a warning. */
export function groupSupportDiagnostics(group: GroupFacts, { today }: ProgramIndex): Diagnostic[] {
  const { version } = group.args.office ?? {};
  const officeEnd = version === undefined ? undefined : officeEndOfSupport(version);
  const office =
    version === undefined || officeEnd === undefined || today === undefined || officeEnd >= today
      ? []
      : [diagnostic("KMS2201", "info", "office.version", { given: officeNameOf(version), end: officeEnd })];
  const windows = systemsOf(group).flatMap(
    ({ os: { name, endOfSupport: end, releaseOf, documentedElsewhere, editions } }) => {
      // Without a setup key no KMS host activates it, supported or not: KMS2015.
      const isClient = editions.some((edition) => findSetupKey(name, edition.name) !== undefined);
      if (
        end === undefined ||
        today === undefined ||
        end >= today ||
        documentedElsewhere !== undefined ||
        !isClient
      ) {
        return [];
      }
      const retired = releaseOf !== undefined || name.endsWith("Semi-Annual Channel");
      return [
        retired
          ? diagnostic("KMS2202", "warning", "os", { given: name, end })
          : diagnostic("KMS2201", "info", "os", { given: name, end }),
      ];
    },
  );
  return [...windows, ...office];
}

/** An evaluation copy takes no volume license key. */
export function hostEvaluationDiagnostics(host: HostFacts): Diagnostic[] {
  const { image, domainController } = host.args.assume ?? {};
  return image?.evaluation === true && !isReadOnly(host)
    ? [
        diagnostic("KMS2103", "error", "assume.image.evaluation", { os: hostOs(host) ?? "Windows" }),
        ...domainControllerDiagnostics(domainController),
      ]
    : [];
}

const domainControllerDiagnostics = (isOne: boolean | undefined): Diagnostic[] =>
  isOne === true ? [diagnostic("KMS2224", "info", "assume.domainController")] : [];

/**
 * A setup key does not turn an evaluation copy into a volume license. Standard Core can only become Datacenter Core,
 * and a domain controller nothing. Source: learn.microsoft.com upgrade-conversion-options.
 */
export function groupEvaluationDiagnostics(group: GroupFacts): Diagnostic[] {
  const { os = "Windows", edition = "", assume } = group.args;
  if (assume?.image?.evaluation !== true || isGiven(group, "office")) {
    return [];
  }
  const given = `${os} ${edition}`.trim();
  return [
    diagnostic("KMS2223", "error", "assume.image.evaluation", { given }),
    ...domainControllerDiagnostics(assume.domainController),
  ];
}
