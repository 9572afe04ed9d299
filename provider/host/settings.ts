import { limits } from "../catalog/limits";
import { number } from "../machine/licensing-answer";
import type { GuardedOperation, LicensingAnswer, OperationTarget, Scalar } from "../machine/licensing-plan";

type SettingTarget = Exclude<OperationTarget, "product" | "dnsCache" | "windowsService">;

/** When a plan applies a setting: Windows refuses some of the KMS service before the host key is activated. */
type Stage = "beforeKey" | "afterActivation" | "afterKey";

/** One setting of a KMS host: where it is read, how it is written, and what its drift is called. */
interface HostSetting<Value> {
  /** Value where the program gives none. */
  default: Value;
  /** Drift reads `words is …, expected …`. */
  words: string;
  stage: Stage;
  on: SettingTarget;
  /** CIM property, feature, firewall rule or registry value that holds it. */
  property: string;
  /** ID of the operation that writes it. */
  operation: string;
  method: string;
  arguments: (value: Value, port: number) => Record<string, Scalar>;
  /** Whether the host serves without it, so that a failure is reported and nothing more. */
  mayFail?: true;
  /** Whether Windows' licensing service goes on with the former value until it is restarted. Source: Microsoft's slmgr. */
  needsRestart?: true;
  /** What the property holds where the setting has this value; of several, the first is named in messages. */
  expected: (value: Value, port: number) => Scalar | Scalar[];
  /** What the script read, made comparable with `expected`. */
  observed: (read: Scalar | null | undefined) => Scalar;
  inWords?: (value: Scalar) => string;
  /** Whether this value leaves the machine as it is. */
  isUnmanaged?: (value: Value) => boolean;
}

const setting = <Value>(row: HostSetting<Value>): HostSetting<Value> => row;

/** Windows feature that carries the volume activation tools. Source: learn.microsoft.com kms-create-host. */
const kmsFeature = "VolumeActivation";

/** Domains that Windows publishes in. Source: learn.microsoft.com, registry settings for volume activation. */
const publishList = "DnsDomainPublishList";

/**
 * The inbound rule of a KMS host on any port. Windows' own, SPPSVC-In-TCP, is left alone: on client Windows it admits
 * the machine's own subnet only.
 */
const firewallRule = "pulumi-windows-kms-In-TCP";

/** The service that KMS is a part of. */
export const licensingService = "sppsvc";

/** What is read of a setting that could not be read. */
const unknown = "unknown";

const sorted = (names: readonly string[]) => [...names].sort().join(",");

/**
 * The settings of a KMS host by argument, each described here and nowhere else: plan, reading, drift, comparison and
 * outputs follow. Source of the CIM properties and methods: SoftwareLicensingService reference.
 */
export const hostSettings = {
  /** Whether the Windows feature VolumeActivation is installed, where the system has it. No argument. */
  installRole: setting<boolean>({
    default: true,
    words: `Windows feature ${kmsFeature}`,
    stage: "beforeKey",
    on: "feature",
    property: kmsFeature,
    operation: "installRole",
    mayFail: true,
    method: "Install",
    arguments: () => ({ Name: kmsFeature }),
    expected: () => ["Installed", "unsupported"],
    observed: (read) => read ?? "unsupported",
    isUnmanaged: (install) => !install,
  }),
  port: setting<number>({
    default: limits.kmsPort,
    words: "listening port",
    stage: "afterActivation",
    on: "service",
    property: "KeyManagementServiceListeningPort",
    operation: "setPort",
    needsRestart: true,
    method: "SetKeyManagementServiceListeningPort",
    arguments: (port) => ({ PortNumber: port }),
    // 0 stands for the default.
    expected: (port) => (port === limits.kmsPort ? [port, 0] : port),
    observed: (read) => number(read) || limits.kmsPort,
  }),
  activationIntervalMinutes: setting<number>({
    default: limits.activationIntervalMinutes,
    words: "activation interval in minutes",
    stage: "afterActivation",
    on: "service",
    property: "VLActivationInterval",
    operation: "setActivationInterval",
    needsRestart: true,
    method: "SetVLActivationInterval",
    arguments: (minutes) => ({ ActivationInterval: minutes }),
    expected: (minutes) => minutes,
    observed: number,
  }),
  renewalIntervalMinutes: setting<number>({
    default: limits.renewalIntervalMinutes,
    words: "renewal interval in minutes",
    stage: "afterActivation",
    on: "service",
    property: "VLRenewalInterval",
    operation: "setRenewalInterval",
    needsRestart: true,
    method: "SetVLRenewalInterval",
    arguments: (minutes) => ({ RenewalInterval: minutes }),
    expected: (minutes) => minutes,
    observed: number,
  }),
  lowPriority: setting<boolean>({
    default: false,
    words: "thread priority",
    stage: "afterActivation",
    on: "service",
    property: "KeyManagementServiceLowPriority",
    operation: "setPriority",
    needsRestart: true,
    method: "EnableKeyManagementServiceLowPriority",
    arguments: (low) => ({ EnableLowPriority: low }),
    expected: (low) => low,
    observed: (read) => read === true,
    inWords: (low) => (low === true ? "low" : "normal"),
  }),
  /** Whether Windows itself publishes the host. Follows from `zones`. */
  dnsPublishing: setting<boolean>({
    default: true,
    words: "DNS publishing by Windows",
    stage: "afterActivation",
    on: "service",
    property: "KeyManagementServiceDnsPublishing",
    operation: "setPublishing",
    needsRestart: true,
    method: "DisableKeyManagementServiceDnsPublishing",
    arguments: (publishes) => ({ DisablePublishing: !publishes }),
    expected: (publishes) => publishes,
    observed: (read) => read !== false,
    inWords: (publishes) => (publishes === true ? "on" : "off"),
  }),
  /** Domains that Windows publishes in, each as `domain,priority,weight`. Follows from `zones`. */
  publishedDomains: setting<string[]>({
    default: [],
    words: "list of domains that Windows publishes in",
    // Windows publishes when it is activated.
    stage: "beforeKey",
    on: "registry",
    property: publishList,
    operation: "setPublishedDomains",
    needsRestart: true,
    method: "SetStrings",
    arguments: (domains) => ({ Name: publishList, Strings: domains.join(";") }),
    expected: (domains) => domains.join(";"),
    observed: (read) => read ?? "",
    // A list that an administrator made stays where Windows publishes no zone of the program.
    isUnmanaged: (domains) => domains.length === 0,
  }),
  firewallProfiles: setting<string[]>({
    default: ["Domain", "Private", "Public"],
    words: "inbound firewall rule",
    stage: "afterKey",
    on: "firewall",
    property: firewallRule,
    operation: "allowPort",
    method: "Allow",
    arguments: (profiles, port) => ({ Name: firewallRule, Port: port, Profiles: sorted(profiles) }),
    expected: (profiles, port) => `enabled:${port}:${sorted(profiles)}`,
    observed: (read) => read ?? "absent",
  }),
};

type Table = typeof hostSettings;
export type HostSettingName = keyof Table;

/** Values of all settings of a KMS host. */
export type HostSettings = {
  [Name in HostSettingName]: Table[Name] extends HostSetting<infer Value> ? Value : never;
};

/** What was read of the settings on a machine. */
export type ObservedSettings = Record<HostSettingName, Scalar>;

const rows = Object.entries(hostSettings) as unknown as [HostSettingName, HostSetting<unknown>][];

/** The settings where the program gives none. */
export const defaultSettings = Object.fromEntries(
  rows.map(([name, row]) => [name, row.default]),
) as HostSettings;

/** The desired settings of a host. */
export interface DesiredSettings {
  values: HostSettings;
  /** Settings that the resource gave the host before. What it managed then, it takes back where it no longer does. */
  former?: HostSettings;
}

/** One desired setting of a host. */
interface DesiredSetting {
  name: HostSettingName;
  row: HostSetting<unknown>;
  arguments: Record<string, Scalar>;
  expected: Scalar[];
}

function managedSettings({ values, former }: DesiredSettings): DesiredSetting[] {
  const { port } = values;
  const isManaged = (row: HostSetting<unknown>, value: unknown) => row.isUnmanaged?.(value) !== true;
  return rows
    .filter(([name, row]) => isManaged(row, values[name]) || (former && isManaged(row, former[name])))
    .map(([name, row]) => ({
      name,
      row,
      arguments: row.arguments(values[name], port),
      expected: [row.expected(values[name], port)].flat(),
    }));
}

/** The operations that give a host its settings at one stage of a plan, each skipped where nothing is to change. */
export const settingOperations = (desired: DesiredSettings, stage: Stage): GuardedOperation[] =>
  managedSettings(desired)
    .filter(({ row }) => row.stage === stage)
    .map(({ row, arguments: values, expected }) => ({
      id: row.operation,
      on: row.on,
      method: row.method,
      arguments: values,
      unless: [{ on: row.on, property: row.property, is: expected.length === 1 ? expected[0] : expected }],
      ...(row.needsRestart && { needsRestart: licensingService }),
      ...(row.mayFail && { mayFail: true }),
    }));

/**
 * Each difference between the desired settings of a host and those that were read, in words.
 * @param activated whether Windows takes the settings of the KMS service
 */
export const settingDrift = (
  desired: DesiredSettings,
  observed: ObservedSettings,
  activated: boolean,
): string[] =>
  managedSettings(desired)
    .filter(({ row }) => activated || row.stage !== "afterActivation")
    .filter(({ name, expected }) => observed[name] !== unknown && !expected.includes(observed[name]))
    .map(({ name, row, expected }) =>
      difference(row.words, inWords(row, observed[name]), inWords(row, expected[0])),
    );

const inWords = (row: HostSetting<unknown>, value: Scalar) => row.inWords?.(value) ?? value;

/** One difference in words. */
export const difference = (what: string, is: Scalar, expected: Scalar): string =>
  `${what} is ${is === "" ? "missing" : is}, expected ${expected === "" ? "none" : expected}`;

/** What a plan reads back so that the settings of a host are known. */
export function settingsReadList() {
  const on = (target: SettingTarget) =>
    rows.filter(([, row]) => row.on === target).map(([, row]) => row.property);
  return {
    service: on("service"),
    features: on("feature"),
    firewall: on("firewall"),
    registry: on("registry"),
    windowsService: [licensingService],
    firewallPolicy: true,
  };
}

/** The settings of a host, as the script read them. */
export function observedSettings(answer: LicensingAnswer): ObservedSettings {
  const read: Record<HostSetting<unknown>["on"], Record<string, Scalar | null>> = {
    service: answer.service,
    feature: answer.features,
    firewall: answer.firewall,
    registry: answer.registry ?? {},
  };
  const isUnreadable = ({ on, property }: HostSetting<unknown>) =>
    answer.unreadable?.some(({ target, name }) => target === on && (name === property || name === ""));
  return Object.fromEntries(
    rows.map(([name, row]) => [name, isUnreadable(row) ? unknown : row.observed(read[row.on][row.property])]),
  ) as ObservedSettings;
}

/** Whether the licensing service waits for a restart with settings that a run changed and did not get through with. */
export const awaitsRestart = ({ windowsService }: LicensingAnswer): boolean =>
  windowsService?.[licensingService] === "outdated";
