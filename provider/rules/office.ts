import {
  findHosting,
  type KeyGroupEntry,
  officeEditions,
  officeGroup,
  officeName,
  officeNameOf,
  officeVersions,
  oldestSystemsOfOffice,
} from "../catalog/key-groups";
import { findOperatingSystem } from "../catalog/operating-systems";
import { recogniseOffice, recogniseOfficeProduct } from "../catalog/recognised-names";
import { hintForSought } from "../catalog/sought-names";
import { askedHosts } from "./counts";
import { type Diagnostic, diagnostic, hintOf, listed } from "./diagnostic";
import {
  createsMachines,
  type GroupFacts,
  type HostFacts,
  hostOs,
  isGiven,
  isReadOnly,
  isUnknown,
  systemsOf,
} from "./facts";
import { expectedOfficeCount, officeCountedInWords } from "./office-counts";
import { hostsOf, type ProgramIndex } from "./program-index";
import { shortfallDiagnostics } from "./thresholds";

/** Build of Windows 8 and Windows Server 2012, the first whose own licensing service holds Office's licenses too. */
const firstSharedBuild = 9200;

/** Whether Office on this operating system has a licensing service of its own, which the package does not speak to. */
function hasOwnOfficeService(os: string): boolean {
  const builds = findOperatingSystem(os)?.builds ?? [];
  return builds.length > 0 && Math.max(...builds) < firstSharedBuild;
}

/**
 * Each Office version that the host serves has a host key of its own, once, on an operating system that can carry it.
 * Source: learn.microsoft.com configure-a-kms-host-computer-for-office.
 */
export function officeKeyDiagnostics(host: HostFacts): Diagnostic[] {
  const groups = (host.args.officeKeys ?? []).map(({ office }) => ({
    given: office,
    group: office === undefined ? undefined : officeGroup(office),
  }));
  return groups.flatMap(({ given, group }, place) => {
    const path = `officeKeys[${place}].office`;
    if (given === undefined) {
      return [];
    }
    if (group === undefined) {
      return [unknownVersion(given, path, true)];
    }
    const first = groups.findIndex((other) => other.group === group);
    return [
      ...(first === place
        ? []
        : [
            diagnostic("KMS2110", "error", path, { given: officeName(group), first: `officeKeys[${first}]` }),
          ]),
      ...carryingDiagnostics(host, group, path),
    ];
  });
}

function unknownVersion(given: string, path: string, isHost = false): Diagnostic {
  const hint = hintForVersion(given, isHost);
  return diagnostic("KMS2237", "error", path, { given, allowed: listed(officeVersions(), "or"), hint });
}

/** A product is an argument of clients alone: the host key of a version is for all its products. */
function hintForVersion(given: string, isHost: boolean): string {
  const instead = hintForSought("office", given);
  const meant = recogniseOffice(given);
  if (instead !== undefined || meant === undefined) {
    return instead === undefined ? "" : ` ${instead}`;
  }
  const { version, product } = meant;
  if (isHost) {
    const covered =
      product === undefined ? "" : " Its host key is for Project and Visio of this version, too.";
    return ` Did you mean "${version}"?${covered}`;
  }
  return ` Did you mean "${version}"${product === undefined ? "" : ` with the product "${product}"`}?`;
}

function carryingDiagnostics(host: HostFacts, group: KeyGroupEntry, path: string): Diagnostic[] {
  const os = hostOs(host);
  if (os === undefined || findOperatingSystem(os) === undefined) {
    return [];
  }
  if (findHosting(group, os) === undefined) {
    return [cannotCarry(host.name, os, group, path)];
  }
  return hasOwnOfficeService(os)
    ? [diagnostic("KMS2112", "error", path, { given: officeName(group), os })]
    : [];
}

const cannotCarry = (host: string, os: string, group: KeyGroupEntry, path: string) =>
  diagnostic("KMS2238", "error", path, {
    given: officeName(group),
    host,
    os,
    allowed: listed([...new Set(group.hosts.map((entry) => entry.os))], "or"),
  });

/** Each Office version has a license pack, a host key and a count of its own. */
export function officeGroupDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { version } = group.args.office ?? {};
  if (version === undefined) {
    return [];
  }
  const keyGroup = officeGroup(version);
  if (keyGroup === undefined) {
    return [unknownVersion(version, "office.version")];
  }
  const hosts = hostsOf(group, index).flatMap(({ host, path }) => hostDiagnostics(keyGroup, host, path));
  return [
    ...productDiagnostics(group, officeName(keyGroup)),
    ...ownServiceDiagnostics(group),
    ...supportedSystemDiagnostics(group, version),
    ...hosts,
  ];
}

/** An edition of Office, or one of its single products; each has a setup key of its own. */
function productDiagnostics({ args }: GroupFacts, office: string): Diagnostic[] {
  const { product } = args.office ?? {};
  const allowed = officeEditions(office);
  if (product === undefined || allowed.includes(product)) {
    return [];
  }
  const meant = recogniseOfficeProduct(office, product);
  const instead = hintForSought("office", product);
  const guess = meant === undefined ? otherVersion(office, product) : hintOf([meant]);
  const hint = instead === undefined ? guess : ` ${instead}`;
  return [
    diagnostic("KMS2256", "error", "office.product", {
      given: product,
      office,
      allowed: listed(allowed, "or"),
      hint,
    }),
  ];
}

/** The Office version that a product is of, where it is another one than that of the group. */
function otherVersion(office: string, product: string): string {
  const of = officeVersions().filter((version) => version !== office);
  const other = of.find((version) => officeEditions(version).includes(product));
  const meant = other === undefined ? recogniseOffice(product) : { version: other, product };
  return meant?.product === undefined || meant.version === office
    ? ""
    : ` "${meant.product}" is one of ${meant.version}: correct office.version or office.product.`;
}

function ownServiceDiagnostics({ args: { os } }: GroupFacts): Diagnostic[] {
  return os !== undefined && hasOwnOfficeService(os)
    ? [diagnostic("KMS2257", "error", "os", { given: os })]
    : [];
}

/** A KMS host activates an Office version wherever it is installed, but its setup may refuse a Windows that is too old for it. */
function supportedSystemDiagnostics(group: GroupFacts, version: string): Diagnostic[] {
  const oldest = oldestSystemsOfOffice(version);
  const systems = new Set(systemsOf(group).map(({ os }) => os));
  const tooOld = [...systems].filter(
    ({ name, family, builds = [] }) =>
      !hasOwnOfficeService(name) &&
      oldest.some((one) => one.family === family && Math.max(...builds) < Math.min(...(one.builds ?? []))),
  );
  return tooOld.map(({ name }) =>
    diagnostic("KMS2245", "warning", "os", {
      given: name,
      office: officeNameOf(version),
      systems: listed(oldest.map((one) => one.name)),
    }),
  );
}

/**
 * Of a host that somebody else manages, keys that the program does not name may be there all the same. What keeps a host from
 * having a key that the program gives it is said of the host.
 */
function hostDiagnostics(keyGroup: KeyGroupEntry, host: HostFacts, path: string): Diagnostic[] {
  const os = hostOs(host);
  const { officeKeys } = host.args;
  const isGivenKey = officeKeys?.some(
    ({ office }) => office !== undefined && officeGroup(office) === keyGroup,
  );
  if (isGivenKey === true) {
    return [];
  }
  if (os !== undefined && findOperatingSystem(os) !== undefined && findHosting(keyGroup, os) === undefined) {
    return [cannotCarry(host.name, os, keyGroup, path)];
  }
  if (officeKeys === undefined && (isReadOnly(host) || isUnknown(host, "officeKeys"))) {
    return [];
  }
  const versions = (officeKeys ?? []).map(({ office }) => office && officeGroup(office));
  return versions.includes(keyGroup) || versions.includes(undefined)
    ? []
    : [
        diagnostic("KMS2239", "error", path, {
          given: officeName(keyGroup),
          host: host.name,
          pack: keyGroup.licensePackId ?? 0,
        }),
      ];
}

/** Whether enough machines with this Office version ask each of the group's hosts. */
export function officeThresholdDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { version } = group.args.office ?? {};
  const keyGroup = version === undefined ? undefined : officeGroup(version);
  const hosts = askedHosts(group, index);
  if (keyGroup === undefined || hosts.length === 0) {
    return [];
  }
  const counts = hosts.flatMap((host) => expectedOfficeCount(host, keyGroup, index) ?? []);
  return counts.length < hosts.length
    ? []
    : shortfallDiagnostics(group, index, hosts, counts, ({ host, expected, threshold, missing }) =>
        diagnostic("KMS2240", "warning", "office", {
          host,
          given: officeName(keyGroup),
          expected,
          counted: officeCountedInWords(host, keyGroup, index),
          threshold,
          missing,
        }),
      );
}

/** Machines that the package creates are made from images of Windows alone, so that they have no Office to activate. */
export function officeSourceDiagnostics(group: GroupFacts): Diagnostic[] {
  const { office, machines } = group.args;
  if (!isGiven(group, "office") || !createsMachines(group)) {
    return [];
  }
  const path = machines?.create === undefined && isGiven(group, "machines.scaleSet") ? "scaleSet" : "create";
  const given = office?.version === undefined ? "Office" : officeNameOf(office.version);
  return [diagnostic("KMS2255", "error", `machines.${path}`, { given })];
}
