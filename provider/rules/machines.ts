import { images } from "../catalog/images";
import { defaultOfficeProduct, officeNameOf } from "../catalog/key-groups";
import { findOperatingSystem } from "../catalog/operating-systems";
import type { SshServerValues } from "./args.generated";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import {
  type GroupFacts,
  hasAzureMembers,
  hasWindowsHostKey,
  hostMachine,
  type HostFacts,
  hostOs,
  isAbsent,
  isAzureHost,
  isCreated,
  isGiven,
  isReadOnly,
  isUnknown,
  namedMachines,
  type SshServer,
  sshServersOfGroup,
  sshServersOfHost,
  systemsOf,
} from "./facts";
import { holdsPath } from "./paths";
import type { ProgramIndex } from "./program-index";

/**
 * A host is one machine: created, in Azure, or over SSH. One that somebody else manages may be known by its name alone.
 */
export function hostMachineDiagnostics(host: HostFacts): Diagnostic[] {
  if (isUnknown(host, "machine")) {
    return [];
  }
  const sources = ["create", "azureVmId", "ssh"];
  const given = sources.filter((source) => isGiven(host, `machine.${source}`));
  if (isReadOnly(host) && isCreated(host)) {
    return [diagnostic("KMS1009", "error", "machine.create")];
  }
  if (given.length > 1) {
    const allowed = listed(sources, "or");
    return [diagnostic("KMS1005", "error", `machine.${given[1]}`, { given: listed(given), allowed })];
  }
  if (given.length === 1 || (isReadOnly(host) && isGiven(host, "machine.fqdn"))) {
    return [];
  }
  return isGiven(host, "machine.fqdn")
    ? [diagnostic("KMS1013", "error", "machine.fqdn")]
    : [
        diagnostic("KMS1004", "error", "machine", {
          allowed: listed(isReadOnly(host) ? readOnlySources : sources, "or"),
        }),
      ];
}

const readOnlySources = ["azureVmId", "ssh", "fqdn"];

/** Machines of a group come from one or several sources, which add up; a scale set stands alone. */
export function groupMachinesDiagnostics(group: GroupFacts): Diagnostic[] {
  if (isUnknown(group, "machines")) {
    return [];
  }
  const sources = ["create", "azureVmIds", "ssh", "scaleSet", "scaleSetId"];
  const given = sources.filter((source) => isGiven(group, `machines.${source}`));
  if (given.length === 0) {
    return [diagnostic("KMS1004", "error", "machines", { allowed: listed(sources, "or") })];
  }
  const set = given.find((source) => source.startsWith("scaleSet"));
  const others = given.filter((source) => source !== set);
  return set === undefined || others.length === 0
    ? []
    : [diagnostic("KMS1007", "error", `machines.${set}`, { given: listed(others) })];
}

/** How the SSH servers of a host are signed in to and recognised. */
export const hostSshDiagnostics = (host: HostFacts): Diagnostic[] =>
  sshDiagnostics(sshServersOfHost(host), host.unknown);

/** How the SSH servers of a group are signed in to and recognised; what its machines have in common is said once. */
export const groupSshDiagnostics = (group: GroupFacts): Diagnostic[] =>
  sshDiagnostics(sshServersOfGroup(group), group.unknown);

function sshDiagnostics(servers: SshServer[], unknown: ReadonlySet<string>): Diagnostic[] {
  const isUnknown = (path: string, name: string) =>
    holdsPath(unknown, `${path}.${name}`) ||
    (/^machines\.ssh\.machines\[\d+\]$/.test(path) && holdsPath(unknown, `machines.ssh.${name}`));
  const lacking = (...names: (keyof SshServerValues)[]) =>
    servers
      .filter(({ server, path }) =>
        names.every((name) => server[name] === undefined && !isUnknown(path, name)),
      )
      .map(({ path }) => path);
  const users = lacking("user").map((path) => `${path}.user`);
  return [
    ...firstOf(users, "KMS1002", { allowed: "the user to sign in as" }),
    ...firstOf(lacking("hostKeyFingerprint", "knownHosts"), "KMS1014"),
  ];
}

/** One diagnostic for a fault that a whole fleet may have. */
function firstOf(
  [first, ...others]: string[],
  code: string,
  values: Record<string, string> = {},
): Diagnostic[] {
  const more = others.length === 0 ? "" : ` The same applies to ${others.length} more.`;
  return first === undefined ? [] : [diagnostic(code, "error", first, { ...values, more })];
}

/** A machine belongs to one group, once; one of Windows, and one for each product of Office that it has. */
export function sameMachineDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const seen = new Set<string>();
  return namedMachines(group).flatMap(({ machine, path }) => {
    if (seen.has(machine.toLowerCase())) {
      return [diagnostic("KMS2217", "error", path, { given: machine, group: group.name })];
    }
    seen.add(machine.toLowerCase());
    const license = licenseOf(group);
    const first = index
      .groupsWithMachine(machine)
      .find((other) => other === group || (license !== undefined && licenseOf(other) === license));
    return first === undefined || first === group
      ? []
      : [diagnostic("KMS2217", "error", path, { given: machine, group: first.name })];
  });
}

/** Windows on a machine has one key: that of a KMS host, or that of a KMS client. */
export function hostAsMemberDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  return !isAbsent(group, "office")
    ? []
    : namedMachines(group).flatMap(({ machine, path }) =>
        index
          .hostsOnMachine(machine)
          .filter(hasWindowsHostKey)
          .slice(0, 1)
          .map(({ name }) => diagnostic("KMS2266", "error", path, { given: machine, host: name })),
      );
}

/** Windows on a machine has one host key, so that of two resources each would take the other's away. */
export function sameHostMachineDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const machine = hostMachine(host);
  const isManaged = (one: HostFacts) =>
    isGiven(one, "key") && !isReadOnly(one) && !isUnknown(one, "readOnly");
  const first = machine === undefined ? undefined : index.hostsOnMachine(machine).find(isManaged);
  return first === undefined || first.name === host.name || !isManaged(host)
    ? []
    : [
        diagnostic(
          "KMS2023",
          "error",
          isGiven(host, "machine.azureVmId") ? "machine.azureVmId" : "machine.ssh.host",
          {
            host: first.name,
          },
        ),
      ];
}

/** What the group activates on a machine; undefined where that is not known. */
function licenseOf(group: GroupFacts): string | undefined {
  const { office } = group.args;
  if (isUnknown(group, "office.version") || isUnknown(group, "office.product")) {
    return undefined;
  }
  const version = office?.version ?? "";
  return office === undefined
    ? ""
    : `${officeNameOf(version)}\n${office.product ?? defaultOfficeProduct(version) ?? ""}`;
}

/** Managed run commands reach Azure machines, but not of every operating system. */
export function hostRunCommandDiagnostics(host: HostFacts): Diagnostic[] {
  const os = hostOs(host);
  return isAzureHost(host) && os !== undefined ? runCommandDiagnostics(os) : [];
}

/** Managed run commands reach Azure machines, but not of every operating system. */
export const groupRunCommandDiagnostics = (group: GroupFacts): Diagnostic[] =>
  hasAzureMembers(group) ? systemsOf(group).flatMap(({ os }) => runCommandDiagnostics(os.name)) : [];

/** Builds of Windows Server 2016 and Windows 10, with which Azure's list begins. Source: azure-compute-docs run-command-managed. */
const firstBuilds = { server: 14_393, client: 10_240 };

function runCommandDiagnostics(os: string): Diagnostic[] {
  const system = findOperatingSystem(os);
  if (system === undefined) {
    return [];
  }
  const own = images().filter((image) => image.os === system.name);
  const isReached =
    own.length > 0
      ? own.some(({ managedRunCommand }) => managedRunCommand)
      : system.builds.length === 0 || Math.max(...system.builds) >= firstBuilds[system.family];
  return isReached ? [] : [diagnostic("KMS2236", "warning", "os", { given: system.name })];
}
