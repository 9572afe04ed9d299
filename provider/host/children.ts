import { isIP } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { limits } from "../catalog/limits";
import type { CheckedArguments } from "../component/checked-arguments";
import { logDiagnostics } from "../component/diagnostics";
import { stackName } from "../component/backend";
import { runningProgram } from "../component/program";
import type { DeepInput } from "../engine/inputs";
import { outputState } from "../engine/sdk-internals";
import { settle } from "../rules/acknowledge";
import type { KMSHostValues, KMSHostZoneValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";
import { SrvRecord } from "../srv/resource";
import type { MachineEntry, SrvRecordInputs } from "../srv/state";
import { createActivations, type HostActivation, type HostActivations } from "./activation";
import { type HostMachine, machineOf } from "./host-machine";
import type { KMSHostInputs, KMSHostZoneInputs } from "./inputs.generated";
import { newerBuildDiagnostics, policyDiagnostics } from "./observed";
import { defaultSettings } from "./settings";
import { type KMSHostOfficeState, notObserved } from "./state";

type Optional<T> = pulumi.Output<T | undefined>;

/** The outputs of a KMS host. */
export interface HostChildren {
  azureVmId: Optional<string>;
  machineId: Optional<string>;
  fqdn: pulumi.Output<string>;
  /** All names that clients may report the host by. */
  names: pulumi.Output<string[]>;
  partialProductKey: Optional<string>;
  licenseStatus: pulumi.Output<string>;
  installationId: Optional<string>;
  currentCount: Optional<number>;
  activatedAt: Optional<string>;
  officeStates: pulumi.Output<KMSHostOfficeState[]>;
  port: pulumi.Output<number>;
  keyGroup: Optional<string>;
  os: Optional<string>;
  edition: Optional<string>;
  zoneNames: pulumi.Output<string[]>;
  networkSecurityGroupId: Optional<string>;
  networkInterfaceId: Optional<string>;
  privateIpAddress: Optional<string>;
  /** What the handlers found out. */
  diagnostics: pulumi.Output<Diagnostic[]>;
}

type CheckedHost = CheckedArguments<KMSHostInputs, KMSHostValues>;

const nothing = (): pulumi.Output<undefined> => pulumi.output(undefined);

/**
 * Declares the children of a KMS host: the machine where the package creates it, activations, SRV records.
 * @param reported what is reported about the host when the program has been reviewed
 */
export function createHostChildren(
  name: string,
  checked: CheckedHost,
  reported: Promise<readonly Diagnostic[]>,
  parent: pulumi.Resource,
): HostChildren {
  const { inputs, values } = checked;
  const { zones = [] } = inputs;
  const machine = machineOf(name, inputs, parent);
  const activations = createActivations(name, checked, machine, reported, parent);
  const { main } = activations;
  warnOfMachine(name, values, main, parent);
  const isReached = machine.azureVmId !== undefined || machine.ssh !== undefined;
  const licenseStatus = isReached ? statusOf(main) : pulumi.output(notObserved);
  const port = portOf(checked, main, isReached);
  const computerName = machine.computerName ?? (isReached ? main.computerName : nameIn(inputs.machine.fqdn));
  const host = { name, computerName, port, licenseStatus, main, readOnly: values.readOnly === true };
  const targets = zones.map((zone, index) => {
    const target = targetIn(zone, computerName, inputs.machine.fqdn);
    declareRecord({ ...host, target, machine }, zone, values.zones?.[index] ?? {}, index, parent);
    return target;
  });
  const fqdn = fqdnOf(inputs, machine, targets, main);
  const found = (declared: pulumi.Input<string> | undefined, seen: Optional<string>): Optional<string> =>
    declared === undefined ? (isReached ? seen : nothing()) : pulumi.output(declared);
  return {
    azureVmId: machine.azureVmId ?? nothing(),
    machineId: main.machineId,
    fqdn,
    names: pulumi.all([fqdn, ...targets]).apply((names) => [...new Set(names)]),
    partialProductKey: main.partialProductKey,
    licenseStatus,
    installationId: main.installationId,
    currentCount: main.currentCount,
    activatedAt: main.activatedAt,
    officeStates: officeStatesOf(activations, isReached),
    port,
    keyGroup: pulumi.output(inputs.key?.keyGroup),
    os: found(inputs.os, main.foundOs),
    edition: found(inputs.edition ?? machine.edition, main.foundEdition),
    zoneNames: pulumi.all(zones.map(({ zoneName }) => zoneName)),
    networkSecurityGroupId: machine.networkSecurityGroupId ?? nothing(),
    networkInterfaceId: machine.networkInterfaceId ?? nothing(),
    privateIpAddress: machine.address?.known() ?? nothing(),
    diagnostics: foundDiagnostics([
      machine.diagnostics,
      main.diagnostics,
      ...activations.office.map(({ activation }) => activation.diagnostics),
    ]),
  };
}

const statusOf = ({ licenseStatus }: HostActivation): pulumi.Output<string> =>
  licenseStatus.apply((status) => status ?? notObserved);

/** What handlers stored of what they found, as far as it is known: a preview does not wait for an update. */
const foundDiagnostics = (
  found: readonly (Optional<Diagnostic[]> | undefined)[],
): pulumi.Output<Diagnostic[]> =>
  pulumi.output(
    Promise.all(
      [...new Set(found)].map(async (one) => {
        const { value, known } = one === undefined ? { known: false } : await outputState(one);
        return known ? ((value as Diagnostic[] | undefined) ?? []) : [];
      }),
    ).then((lists) => lists.flat()),
  );

/** What the machine turns out to be is seen only then: none of this is a reason to refuse it. */
function warnOfMachine(
  name: string,
  { os, acknowledge, readOnly, port, firewallProfiles }: KMSHostValues,
  { computerName, osBuild, policyProfiles }: HostActivation,
  parent: pulumi.Resource,
): void {
  const desired = {
    port: port ?? defaultSettings.port,
    profiles: (firewallProfiles ?? defaultSettings.firewallProfiles).map(String),
  };
  pulumi.all([computerName, osBuild, policyProfiles]).apply(([machine = name, build, ignored = ""]) => {
    const found = [
      ...(build === undefined ? [] : newerBuildDiagnostics(machine, build, os)),
      ...(readOnly === true ? [] : policyDiagnostics(machine, ignored, desired)),
    ];
    logDiagnostics(settle(found, { acknowledge, today: runningProgram().today }), parent);
  });
}

/** Declared by the program; of a read-only host the port that it listens on. */
function portOf(
  { inputs, values }: CheckedHost,
  main: HostActivation,
  isReached: boolean,
): pulumi.Output<number> {
  return inputs.port === undefined && values.readOnly === true && isReached
    ? main.listeningPort.apply((port) => port ?? limits.kmsPort)
    : pulumi.output(inputs.port ?? limits.kmsPort);
}

/** The computer name in a full name; undefined for an address. */
const nameIn = (fqdn: pulumi.Input<string> | undefined): Optional<string> =>
  pulumi
    .output(fqdn)
    .apply((name) =>
      name === undefined || isIP(name.replace(/^\[|\]$/g, "")) !== 0 ? undefined : name.split(".")[0],
    );

/** The host's name in one zone. */
function targetIn(
  { target, zoneName }: KMSHostZoneInputs,
  computerName: Optional<string>,
  fqdn: pulumi.Input<string> | undefined,
): pulumi.Output<string> {
  return target !== undefined
    ? pulumi.output(target)
    : pulumi
        .all([computerName, zoneName, fqdn])
        .apply(([name, zone, own]) => (name === undefined ? (own ?? "") : `${name}.${zone}`));
}

/** What the record of a KMS host in one zone says of it. */
interface RecordedHost {
  name: string;
  computerName: Optional<string>;
  target: pulumi.Output<string>;
  port: pulumi.Output<number>;
  licenseStatus: pulumi.Output<string>;
  readOnly: boolean;
  machine: HostMachine;
  /** Must have been done before clients are invited. */
  main: HostActivation;
}

/** Declares the record of a host in one zone, also where it is only remembered: switching `readOnly` deletes none. */
function declareRecord(
  host: RecordedHost,
  zone: KMSHostZoneInputs,
  known: KMSHostZoneValues,
  index: number,
  parent: pulumi.Resource,
): void {
  const { name, computerName, target, port, licenseStatus, readOnly, machine, main } = host;
  const { zoneName, azurePrivateZoneId, dynamicUpdate } = zone;
  const hasAddress =
    !readOnly &&
    azurePrivateZoneId !== undefined &&
    machine.address !== undefined &&
    known.addressRecord !== false;
  const inputs = {
    name,
    zone: {
      zoneName,
      ...(azurePrivateZoneId !== undefined && { azurePrivateZoneId }),
      ...(dynamicUpdate !== undefined && {
        dynamicUpdate: dynamicUpdate as DeepInput<SrvRecordInputs["zone"]["dynamicUpdate"]>,
      }),
    },
    computerName: computerName.apply((computer) => computer ?? ""),
    target,
    priority: zone.priority ?? 0,
    weight: zone.weight ?? 0,
    port,
    ttlSeconds: zone.ttlSeconds ?? defaultTtlSeconds,
    publishedBy: known.publishedBy ?? "package",
    ...(hasAddress && { addressRecord: machine.address!.get() }),
    // A host that awaits its confirmation, or is not to be activated, serves nobody.
    ready: licenseStatus.apply((status) => status === "Licensed"),
    readOnly,
    ...(!readOnly && { entry: entryOf(main) }),
  };
  const suffix = index === 0 ? "" : `-${index + 1}`;
  new SrvRecord(`${name}-srv${suffix}`, inputs, { parent, dependsOn: main });
}

/** What a removed record asks the ledger for. */
const entryOf = ({ ledger, keyFingerprint, machineId }: HostActivation): DeepInput<MachineEntry> => ({
  ledger: ledger.apply((url) => url ?? ""),
  keyFingerprint: keyFingerprint.apply((fingerprint) => fingerprint ?? ""),
  machineId: machineId.apply((id) => id ?? ""),
  stack: stackName(),
});

const defaultTtlSeconds = 3600;

/** The name that clients are given. */
function fqdnOf(
  inputs: KMSHostInputs,
  machine: HostMachine,
  targets: pulumi.Output<string>[],
  main: HostActivation,
): pulumi.Output<string> {
  const { fqdn } = inputs.machine;
  if (fqdn !== undefined) {
    return pulumi.output(fqdn);
  }
  if (targets.length > 0) {
    return targets[0];
  }
  return machine.address === undefined
    ? nameInDomain(main, machine.ssh)
    : machine.address.get().apply((address) => address ?? "");
}

/** The name of a machine over SSH in its domain; in a workgroup the one that it is reached by from here. */
function nameInDomain(
  { computerName, domain }: HostActivation,
  ssh: HostMachine["ssh"],
): pulumi.Output<string> {
  // An Output has its members as Outputs; one of a plain object would be secret as a whole, since it holds a password.
  const host = (ssh as { host?: pulumi.Input<string> } | undefined)?.host;
  return pulumi
    .all([computerName, domain, host])
    .apply(([name, suffix, address]) => (suffix ? `${name}.${suffix}` : (address ?? "")));
}

const officeStatesOf = (
  { office }: HostActivations,
  isReached: boolean,
): pulumi.Output<KMSHostOfficeState[]> =>
  pulumi.all(
    office.map(({ office: version, activation }) =>
      isReached
        ? pulumi
            .all([
              activation.partialProductKey,
              statusOf(activation),
              activation.installationId,
              activation.currentCount,
              activation.activatedAt,
            ])
            .apply(([partialProductKey, licenseStatus, installationId, currentCount, activatedAt]) =>
              withoutUndefined({
                office: version,
                partialProductKey,
                licenseStatus,
                installationId,
                currentCount,
                activatedAt,
              }),
            )
        : pulumi.output({ office: version, licenseStatus: notObserved }),
    ),
  );

const withoutUndefined = (state: KMSHostOfficeState): KMSHostOfficeState =>
  Object.fromEntries(
    Object.entries(state).filter(([, value]) => value !== undefined),
  ) as unknown as KMSHostOfficeState;
