import { ActivationMode } from "../catalog/constants";
import {
  findKeyGroup,
  findServing,
  groupsServing,
  type KeyGroupEntry,
  officeGroup,
} from "../catalog/key-groups";
import { findOperatingSystem } from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { otherSystemOf, type RequiredUpdate, updateStatus } from "../catalog/updates";
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
import { isServerOnClient, type NeededUpdate, neededUpdates, pairVerdict } from "./pairs";
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
  if (edition === undefined) {
    return [];
  }
  const runs = hostOs(host);
  const group = groupOf(host);
  const verdict = pairVerdict({ hostOs: runs, group, os: os.name, edition });
  const values = { given: `${os.name} ${edition}`, group: group?.name ?? "", host: host.name };
  switch ("code" in verdict ? verdict.code : undefined) {
    case "KMS2203":
      return [diagnostic("KMS2203", "error", path, { ...values, os: runs ?? "" })];
    case "KMS2013":
      return [
        diagnostic("KMS2013", "error", path, {
          ...values,
          allowed: withHosts(groupsServing(os.name, edition)),
        }),
      ];
    // A setup key says that KMS can activate an edition, though the table names no group that does.
    case "KMS2016":
      return [diagnostic("KMS2016", "warning", path, values)];
    case "KMS2204": {
      const listing = groupsServing(os.name, edition).filter(
        (one) => findServing(one, os.name, edition)?.listing !== "unlisted",
      );
      const others =
        listing.length === 0 ? "" : `use a key of a group that lists it, ${withHosts(listing)}, or `;
      return [diagnostic("KMS2204", "warning", path, { ...values, others })];
    }
    // Said once for all hosts, by system: KMS2205.
    default:
      return [];
  }
}

/** The product key group of a host's key of Windows; that of Office has no place there: KMS2001. */
export function groupOf({ args: { key } }: HostFacts): KeyGroupEntry | undefined {
  const group = key?.keyGroup === undefined ? undefined : findKeyGroup(key.keyGroup);
  return group?.application === "windows" ? group : undefined;
}

const withHosts = (groups: KeyGroupEntry[]) =>
  listed(
    groups.map(({ name, hostFamily }) => `${name} (on a ${hostFamily} host)`),
    "or",
  );

/**
 * Systems of a group of Windows clients. Those without a setup key are KMS clients of no host, and others are too old for the
 * package, which is said once: KMS2003, KMS2005, KMS2015 or KMS2017.
 */
const windowsOf = (group: GroupFacts): System[] =>
  isGiven(group, "office")
    ? []
    : systemsOf(group).filter(
        ({ os, edition }) =>
          os.documentedElsewhere === undefined &&
          (edition === undefined || findSetupKey(os.name, edition) !== undefined),
      );

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

/** A KMS host whose key is not activated refuses all clients. Source: troubleshoot-activation-error-codes, 0xC004F041. */
export const notActivatedDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  hostsOf(group, index).flatMap(({ host, path }) =>
    isNeverActivated(group, host) ? [diagnostic("KMS2293", "warning", path, { host: host.name })] : [],
  );

function isNeverActivated({ args: { office } }: GroupFacts, host: HostFacts): boolean {
  const { activation, officeKeys = [] } = host.args;
  const version = office?.version === undefined ? undefined : officeGroup(office.version);
  const own =
    office === undefined
      ? activation
      : officeKeys.find((key) => key.office !== undefined && officeGroup(key.office) === version)?.activation;
  return own === ActivationMode.None && !isReadOnly(host);
}

/** A KMS host on a client operating system activates client operating systems only. */
export const hostFamilyDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => {
  const systems = new Set(windowsOf(group).map(({ os }) => os));
  return [...systems].flatMap((system) =>
    hostsOf(group, index).flatMap(({ host, path }) =>
      isServerOnClient(hostOs(host), system.name)
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
 * that need the same update are named together; of those that its key does not serve there is nothing to say, as no update
 * helps them.
 */
export const updatesDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => {
  const systems = windowsOf(group);
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const runs = hostOs(host);
    const served = systems.filter((system) => mayServe(system, host, group));
    const clients = [...new Set(served.map(({ os }) => os.name))];
    const needed = new Map<RequiredUpdate, { forKey: boolean; named: string[] }>();
    for (const client of clients) {
      for (const { update, forKey } of neededUpdates({ hostOs: runs, group: groupOf(host), os: client })) {
        const before = needed.get(update);
        const named = [...(before?.named ?? []), client];
        needed.set(update, { forKey: forKey && before?.forKey !== false, named });
      }
    }
    return [...needed].flatMap(([update, { forKey, named }]) => {
      const key = forKey ? `take a key of the group ${groupOf(host)?.name ?? ""}, and so to ` : "";
      return updateDiagnostics({ update, forKey }, host, path, `${key}activate ${listed(named)}`);
    });
  });
};

/** Whether a host may activate clients of a system: nothing refuses the pair, or the program tries it nevertheless. */
function mayServe({ os, edition }: System, host: HostFacts, { args }: GroupFacts): boolean {
  const pair = { hostOs: hostOs(host), group: groupOf(host), os: os.name };
  const verdict = edition === undefined ? undefined : pairVerdict({ ...pair, edition });
  return (
    verdict?.listing !== "refused" || args.acknowledge?.some(({ code }) => code === verdict.code) === true
  );
}

function updateDiagnostics(
  { update, forKey }: NeededUpdate,
  host: HostFacts,
  path: string,
  purpose: string,
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
    purpose,
    kb: update.kb,
    released: released === "" ? "" : `${released} or a later cumulative update`,
    declare: declare.join(", or "),
  };
  // That a key of any group needs the update is taken from Microsoft's words for one: no error.
  if (status === "missing" && !forKey) {
    const given = build === undefined ? `updates through ${updatedThrough ?? ""}` : `build ${build}`;
    return [diagnostic("KMS2206", "error", path, { ...values, released, given })];
  }
  if (known !== undefined && known.length > 0) {
    const verb = status === "older" ? "do not contain it" : "are not known to contain it";
    const foreign = foreignInWords(known, update);
    return [diagnostic("KMS2208", "warning", path, { ...values, given: listed(known), verb, foreign })];
  }
  return isReadOnly(host) && status !== "missing" ? [] : [diagnostic("KMS2207", "warning", path, values)];
}

/** Which of the declared updates are for other systems, as where a table or a copied line has them. */
function foreignInWords(kbs: readonly string[], update: RequiredUpdate): string {
  const words = kbs.flatMap((kb) => {
    const of = otherSystemOf(kb, update);
    const mistake =
      kb.toUpperCase() === update.misprint?.kb ? ", which Microsoft's planning page names by mistake" : "";
    return of === undefined ? [] : [`${kb} is one of ${of}${mistake}`];
  });
  return words.length === 0 ? "" : `: ${listed(words)}`;
}
