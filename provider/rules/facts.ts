import type { AzureCloud } from "../catalog/azure-kms";
import { findOperatingSystem, type OperatingSystemEntry } from "../catalog/operating-systems";
import { normalizeProductKey } from "../catalog/product-key";
import type {
  KeyLedgerValues,
  KMSClientGroupValues,
  KMSHostValues,
  KMSHostZoneValues,
  SshMachineValues,
  SshServerValues,
} from "./args.generated";
import type { Link } from "./azure-network/declared-resource";
import type { Diagnostic } from "./diagnostic";
import { computerNameFrom } from "./names";
import { holdsPath, valueAt } from "./paths";

/**
 * Version of the facts' layout. Several copies of the package in one program share facts; it grows whenever one copy
 * could no longer read those of another.
 */
export const factsLayout = 3;

/** What was seen of a machine when it was last visited. It takes the place of what the program assumes. */
export interface SeenMachine {
  /** Operating system, by the catalogue's name. */
  os?: string;
  /** Edition, by the catalogue's name. */
  edition?: string;
  /** Build with its revision, for example `20348.2322`. */
  osBuild?: string;
  /** Its computer name; that of a created machine stays when its resource is renamed. */
  computerName?: string;
  /** Computer names of machines that it may be, if its resource or its stack was renamed. */
  formerNames?: readonly string[];
}

/** What rules know of the arguments of a resource. */
interface Facts<Values> {
  /** Logical name of the resource. */
  name: string;
  /** The arguments as far as they are known. */
  args: Values;
  /** Paths of the arguments that are given but not known yet. What is unknown is never taken to be absent. */
  unknown: ReadonlySet<string>;
  /** Whether the value at a path is secret, so that no message may repeat it. @default - only what is declared secret */
  isSecret?(path: string): boolean;
  /** Resources of the program that the arguments are made from. */
  links?: readonly Link[];
}

/** Whether a message must not repeat the value at a path. */
export const isSecret = ({ isSecret: asked }: Facts<unknown>, path: string): boolean =>
  asked?.(path) === true;

/** What rules know of a KMS host. */
export interface HostFacts extends Facts<KMSHostValues> {
  /** Azure cloud of the machine. @default "public" */
  azureCloud?: AzureCloud;
  /** What was seen of its machine; undefined where it was never visited. */
  seen?: SeenMachine;
  /**
   * What is reported of it when the program has been reviewed, for groups that it cannot activate; undefined before its own
   * review. No rule looks at it.
   */
  reported?: Promise<readonly Diagnostic[]>;
}

/** What rules know of a client group. */
export interface GroupFacts extends Facts<KMSClientGroupValues> {
  /** Azure cloud of the members. @default "public" */
  azureCloud?: AzureCloud;
  /** What was seen of the members; each combination once is enough. */
  seen?: readonly SeenMachine[];
  /** How many instances the scale set of `machines.scaleSetId` has, as the program declares it or Azure tells. */
  instances?: number;
  /** Why Azure could not be asked for that number: a code. */
  unreadInstances?: string;
  /** Members of the program that are copies of one machine. */
  clones?: { count: number; source: string };
}

/** What the records of a DNS zone are known to be. */
export interface ZoneFacts {
  /** Name of the zone, for example `corp.example`. */
  zoneName: string;
  /** Targets of `_vlmcs._tcp` that no resource of the program declares. */
  foreignTargets: string[];
  /** How long clients keep the records, in seconds. */
  ttlSeconds?: number;
}

/** Whether an argument is certainly given, known or not. */
export const isGiven = ({ args, unknown }: Facts<unknown>, path: string): boolean =>
  valueAt(args, path) !== undefined || unknown.has(path);

/** Whether an argument, or something around it, is not known: it may turn out to be absent, too. */
export const isUnknown = ({ unknown }: Facts<unknown>, path: string): boolean => holdsPath(unknown, path);

/** Whether something at the path or below it is not known. */
export function isPartlyUnknown({ unknown }: Facts<unknown>, path: string): boolean {
  return (
    holdsPath(unknown, path) ||
    [...unknown].some((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[`))
  );
}

/** Whether an argument is certainly left out. */
export const isAbsent = (facts: Facts<unknown>, path: string): boolean =>
  valueAt(facts.args, path) === undefined && !isUnknown(facts, path);

/** Whether the package creates the machine of a host. */
export const isCreated = (host: HostFacts) => isGiven(host, "machine.create");

/** Whether somebody else manages the host. */
export const isReadOnly = ({ args }: HostFacts) => args.readOnly === true;

/** Whether the machine of a host is an Azure virtual machine. */
export const isAzureHost = (host: HostFacts) => isCreated(host) || isGiven(host, "machine.azureVmId");

/** Operating system of a host, where the program declares it or a visit has seen it. */
export const hostOs = ({ args, seen }: HostFacts) => args.os ?? seen?.os;

/** Build of a host with its revision, as a visit has seen it or the program assumes it. */
export const hostBuild = ({ args, seen }: HostFacts) => seen?.osBuild ?? args.assume?.osBuild;

/** Edition of a host; of one that is created, the default where the program names none. */
export function hostEdition(host: HostFacts): string | undefined {
  const { args, seen } = host;
  const known = !isUnknown(host, "edition") && (args.os !== undefined || !isUnknown(host, "os"));
  const fallback = isCreated(host) && known ? defaultHostEdition(args.os) : undefined;
  return args.edition ?? seen?.edition ?? fallback;
}

/** Edition of a KMS host that is created without one. */
export const defaultHostEdition = (os: string | undefined): string =>
  os !== undefined && findOperatingSystem(os)?.family === "client" ? "Enterprise" : "Datacenter";

/** Computer name of a host that is created; that of another machine is not known. */
export function computerNameOf(host: HostFacts): string | undefined {
  const own = "machine.create.computerName";
  return isCreated(host) && !holdsPath(host.unknown, own)
    ? (host.args.machine?.create?.computerName ?? host.seen?.computerName ?? computerNameFrom(host.name))
    : undefined;
}

/** The full names that a host has in one of its zones, or may have there; none as long as that is not known. */
export function namesInZone({ target, zoneName }: KMSHostZoneValues, host: HostFacts): string[] {
  const { fqdn } = host.args.machine ?? {};
  const own = computerNameOf(host) ?? fqdn?.split(".")[0];
  const computerNames = own === undefined ? [] : [own, ...(host.seen?.formerNames ?? [])];
  const names = zoneName === undefined ? [] : computerNames.map((name) => `${name}.${zoneName}`);
  return target === undefined ? names : [target];
}

/** The zones of a host as far as they are known, each with its path. */
export const zonesOf = ({ args }: HostFacts): { zone: KMSHostZoneValues; path: string }[] =>
  (args.zones ?? []).map((zone, index) => ({ zone, path: `zones[${index}]` }));

/** Names of the zones in which clients find a host. */
export const zoneNamesOf = ({ args }: HostFacts): string[] =>
  (args.zones ?? []).flatMap(({ zoneName }) => zoneName ?? []);

/** A host key that a KMS host is given: of Windows, or of an Office version. */
export interface HostKey extends KeyLedgerValues {
  host: HostFacts;
  /** Argument that has it: `key` or `officeKeys[0]`. */
  path: string;
  productKey: string;
  /** Product key group of a key of Windows. */
  keyGroup?: string;
  /** Office version of a key of Office. */
  office?: string;
}

/** The keys of a host as far as they are known, each once. */
export function hostKeysOf(host: HostFacts): HostKey[] {
  const { key, officeKeys = [] } = host.args;
  const given = [
    ...(key === undefined ? [] : [{ ...key, path: "key" }]),
    ...officeKeys.map((officeKey, index) => ({ ...officeKey, path: `officeKeys[${index}]` })),
  ];
  const keys = new Map<string, HostKey>();
  for (const { productKey, ...rest } of given) {
    const normal = normalizeProductKey(productKey ?? "");
    if (productKey !== undefined && !keys.has(normal)) {
      keys.set(normal, { ...rest, host, productKey });
    }
  }
  return [...keys.values()];
}

/** An operating system of the catalogue with an edition where that is known. */
export interface System {
  os: OperatingSystemEntry;
  edition?: string;
}

/** What the members of a group are: what is declared, and for what is left out what was seen of them. */
export function systemsOf(group: GroupFacts): System[] {
  const { args, seen = [] } = group;
  if (isUnknown(group, "os")) {
    return [];
  }
  const machines: SeenMachine[] = args.os !== undefined && seen.length === 0 ? [{}] : [...seen];
  const systems = new Map<string, System>();
  for (const machine of machines) {
    const name = args.os ?? machine.os;
    const os = name === undefined ? undefined : findOperatingSystem(name);
    const edition = args.edition ?? (isUnknown(group, "edition") ? undefined : machine.edition);
    if (os !== undefined) {
      systems.set(`${os.name}\n${edition ?? ""}`, { os, edition });
    }
  }
  return [...systems.values()];
}

/** How many members a group has; undefined where that is not known. */
export function memberCount(group: GroupFacts): number | undefined {
  const { create, azureVmIds, ssh, scaleSet, autoscaled } = group.args.machines ?? {};
  const mayBeAutoscaled = autoscaled === true || isUnknown(group, "machines.autoscaled");
  if (mayBeAutoscaled) {
    return undefined;
  }
  if (isGiven(group, "machines.scaleSetId")) {
    return group.instances;
  }
  const sources = [
    ["machines.create", create?.count],
    ["machines.azureVmIds", azureVmIds?.length],
    ["machines.ssh", ssh?.machines?.length],
    ["machines.scaleSet", scaleSet?.capacity],
  ] as const;
  const counts = sources.filter(([path]) => isGiven(group, path)).map(([, count]) => count);
  return counts.length === 0 || counts.includes(undefined)
    ? undefined
    : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Whether the members of a group are the instances of a scale set. */
export const hasScaleSet = (group: GroupFacts) =>
  isGiven(group, "machines.scaleSet") || isGiven(group, "machines.scaleSetId");

/** Whether a group has a scale set that Azure configures by its model, as far as the program tells. */
export const isUniform = ({ args }: GroupFacts) => args.machines?.scaleSet?.orchestrationMode === "Uniform";

/** Whether a group has a scale set that is certainly Flexible: created, and not declared otherwise. */
export const isFlexible = (group: GroupFacts) =>
  group.args.machines?.scaleSet !== undefined &&
  !isUniform(group) &&
  !isUnknown(group, "machines.scaleSet.orchestrationMode");

/** Whether the package creates machines of the group. */
export const createsMachines = (group: GroupFacts) =>
  isGiven(group, "machines.create") || isGiven(group, "machines.scaleSet");

/** Whether some members of a group are Azure virtual machines. */
export const hasAzureMembers = (group: GroupFacts) =>
  createsMachines(group) || isGiven(group, "machines.azureVmIds") || hasScaleSet(group);

/** Machines that exist and are members of the group, each by what tells it apart and with its path. */
export function namedMachines(group: GroupFacts): { machine: string; path: string }[] {
  const { azureVmIds = [], ssh, scaleSetId } = group.args.machines ?? {};
  const isPortKnown = (path: string, own: number | undefined) =>
    !isUnknown(group, `${path}.port`) && (own !== undefined || !isUnknown(group, "machines.ssh.port"));
  return [
    ...azureVmIds.flatMap((machine, index) =>
      machine === undefined ? [] : [{ machine, path: `machines.azureVmIds[${index}]` }],
    ),
    ...(ssh?.machines ?? []).flatMap(({ host, port }, index) => {
      const path = `machines.ssh.machines[${index}]`;
      return host === undefined || !isPortKnown(path, port)
        ? []
        : [{ machine: serverName(host, port ?? ssh?.port ?? sshPort), path: `${path}.host` }];
    }),
    ...(scaleSetId === undefined ? [] : [{ machine: scaleSetId, path: "machines.scaleSetId" }]),
  ];
}

/**
 * The existing machine of a KMS host by what tells it apart, in the words of `namedMachines`; undefined for one that is
 * created, is not known yet, or has only a name.
 */
export function hostMachine(host: HostFacts): string | undefined {
  const { azureVmId, ssh } = host.args.machine ?? {};
  const known = ssh?.host !== undefined && !isUnknown(host, "machine.ssh.port");
  return azureVmId ?? (known ? serverName(ssh.host!, ssh.port ?? sshPort) : undefined);
}

/** Whether Windows on the machine of a host has a KMS host key; a host of Office alone may be a KMS client of another host. */
export const hasWindowsHostKey = (host: HostFacts) =>
  isGiven(host, "key") || (isAbsent(host, "key") && isAbsent(host, "officeKeys"));

const sshPort = 22;

/** An SSH server by host and port; the usual port is not named. */
const serverName = (host: string, port: number) =>
  port === sshPort ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** An SSH server, with the path of the argument that names it. */
export interface SshServer {
  server: SshServerValues;
  path: string;
}

/** The SSH servers through which a host is reached: its machine, and the server before it. */
export function sshServersOfHost({ args }: HostFacts): SshServer[] {
  const { ssh } = args.machine ?? {};
  return ssh === undefined ? [] : [{ server: ssh, path: "machine.ssh" }, ...jumpOf(ssh, "machine.ssh")];
}

/** The SSH servers through which a group is reached; its machines each with what all of them have in common. */
export function sshServersOfGroup({ args }: GroupFacts): SshServer[] {
  const { ssh } = args.machines ?? {};
  const { machines = [], jump, ...common } = ssh ?? {};
  const own = machines.flatMap((machine, index) => {
    const path = `machines.ssh.machines[${index}]`;
    return [{ server: { ...common, ...machine }, path }, ...jumpOf(machine, path)];
  });
  return [...jumpOf({ jump }, "machines.ssh"), ...own];
}

const jumpOf = ({ jump }: SshMachineValues, path: string): SshServer[] =>
  jump === undefined ? [] : [{ server: jump, path: `${path}.jump` }];
