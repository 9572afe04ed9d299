import * as pulumi from "@pulumi/pulumi";
import { officeGroup, officeName } from "../catalog/key-groups";
import type { CheckedArguments } from "../component/checked-arguments";
import { stackName } from "../component/backend";
import { resolvedLedger } from "../component/ledger";
import { strictStack } from "../component/review";
import { hidingSecrets } from "../engine/secret-arguments";
import { delegate } from "../engine/delegate";
import type { DeepInput, ResourceInputs } from "../engine/inputs";
import type { KMSHostValues, KMSHostZoneValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";
import { type Finding, findingsIn } from "../rules/findings";
import type { HostMachine } from "./host-machine";
import type { KMSHostInputs, KMSHostOfficeKeyInputs } from "./inputs.generated";
import { defaultSettings, type HostSettingName, type HostSettings } from "./settings";
import type { ManagedHostInputs, ReadOnlyHostInputs } from "./state";

/** What a program hands to a host activation. */
export type HostActivationArgs = ResourceInputs<ManagedHostInputs> | ResourceInputs<ReadOnlyHostInputs>;

type Optional<T> = pulumi.Output<T | undefined>;

/** One KMS host key on one machine: installed and activated there, or only looked at. */
export class HostActivation extends pulumi.dynamic.Resource {
  declare readonly machineId: Optional<string>;
  declare readonly computerName: Optional<string>;
  declare readonly domain: Optional<string>;
  declare readonly osBuild: Optional<string>;
  declare readonly foundOs: Optional<string>;
  declare readonly foundEdition: Optional<string>;
  declare readonly partialProductKey: Optional<string>;
  /** Undefined, as all others, where an update with targets leaves the resource out. */
  declare readonly licenseStatus: Optional<string>;
  declare readonly installationId: Optional<string>;
  declare readonly currentCount: Optional<number>;
  declare readonly activatedAt: Optional<string>;
  declare readonly listeningPort: Optional<number>;
  declare readonly policyProfiles: Optional<string>;
  declare readonly ledger: Optional<string>;
  declare readonly keyFingerprint: Optional<string>;
  declare readonly diagnostics: Optional<Diagnostic[]>;

  constructor(name: string, inputs: HostActivationArgs, opts: pulumi.CustomResourceOptions) {
    const outputs = {
      machineId: undefined,
      computerName: undefined,
      domain: undefined,
      osBuild: undefined,
      foundOs: undefined,
      foundEdition: undefined,
      partialProductKey: undefined,
      licenseStatus: undefined,
      installationId: undefined,
      currentCount: undefined,
      activatedAt: undefined,
      listeningPort: undefined,
      policyProfiles: undefined,
      ledger: undefined,
      keyFingerprint: undefined,
      diagnostics: undefined,
    };
    const { productKey, confirmationId } = inputs as ResourceInputs<ManagedHostInputs>;
    const props = {
      ...outputs,
      ...inputs,
      ...(productKey !== undefined && { productKey: pulumi.secret(productKey) }),
      ...(confirmationId !== undefined && { confirmationId: pulumi.secret(confirmationId) }),
      kind: "HostActivation",
    };
    const [hiding, options] = hidingSecrets(
      props,
      { ...opts, aliases: [{ type: "windows-kms:index:HostActivation" }] },
      ["computerName", "domain", "formerEntries", "drift", "unreachable", "claim"],
    );
    super(delegate, name, hiding, options, "windows-kms", "HostActivation");
  }
}

/** The activations of a KMS host. */
export interface HostActivations {
  /** That of the key of Windows; of a host with keys of Office alone that of the first of them. */
  main: HostActivation;
  /** In the order of `officeKeys`. */
  office: { office: string; activation: HostActivation }[];
}

/** How long the work on a machine may take where the program does not say. */
const defaultTimeoutMinutes = 60;

type CheckedHost = CheckedArguments<KMSHostInputs, KMSHostValues>;

/** One activation for the key of Windows and one for each version of Office. */
export function createActivations(
  name: string,
  checked: CheckedHost,
  machine: HostMachine,
  reported: Promise<readonly Diagnostic[]>,
  parent: pulumi.Resource,
): HostActivations {
  const { inputs, values } = checked;
  const findings = asKnownAtUpdate(reported.then((diagnostics) => findingsIn(diagnostics, "host")));
  const common = commonInputs(name, checked, machine);
  const managed = { readOnly: false as const, adopt: inputs.adopt ?? false, keepMachine: !machine.created };
  const activations: HostActivation[] = [];
  const licenses = licensesOf(name, checked);
  licenses.forEach(({ childName, license, key, keyRequired }, index) => {
    const own: HostActivationArgs =
      values.readOnly === true
        ? {
            ...common,
            ...license,
            readOnly: true,
            keyRequired,
            ...(inputs.port !== undefined && { expectedPort: inputs.port }),
          }
        : {
            ...common,
            ...managed,
            findings,
            ...keyInputs(key!),
            ...license,
            keyGroup: license.keyGroup!,
            ...(index === 0 && { settings: settingInputs(inputs, values.zones) }),
          };
    // One after the other: a machine does one thing at a time.
    activations.push(new HostActivation(childName, own, { parent, dependsOn: activations.slice(-1) }));
  });
  const main = licenses.findIndex(({ keyRequired }) => keyRequired);
  const office = licenses.flatMap(({ office: version }, index) =>
    version === undefined ? [] : [{ office: version, activation: activations[index] }],
  );
  return { main: activations[main], office };
}

/**
 * An input that explains failures of an update. A preview reports more, such as what is left of a key, so there it is not
 * known yet: "pulumi up --plan" stops where an input is another one than the preview had.
 */
export const asKnownAtUpdate = (findings: Promise<Finding[]>): pulumi.Output<Finding[]> =>
  pulumi.output(pulumi.runtime.isDryRun() ? (pulumi.unknown as Finding[]) : findings);

/** A license that a host has a key for, or may have. */
interface HostLicense {
  /** Name of its activation among the host's children. */
  childName: string;
  /** Full name of an Office version. */
  office?: string;
  license: { keyGroup?: pulumi.Input<string>; activationId?: string };
  /** Undefined where the program names none. */
  key?: Omit<KMSHostOfficeKeyInputs, "office">;
  /** Whether the machine of a read-only host must have the key. */
  keyRequired: boolean;
}

/**
 * The licenses of a host, that of Windows first. A read-only host always has that of Windows, and need not have its key:
 * nothing is deleted when `readOnly` is switched, even if a key that is no longer needed is left out with it.
 */
function licensesOf(name: string, { inputs, values }: CheckedHost): HostLicense[] {
  const { key, officeKeys = [], activation, confirmationId } = inputs;
  const windows: HostLicense = {
    childName: `${name}-activation`,
    license: key === undefined ? {} : { keyGroup: key.keyGroup },
    ...(key && { key: { ...key, activation, confirmationId } }),
    keyRequired: key !== undefined || officeKeys.length === 0,
  };
  const office = officeKeys.map((officeKey, index): HostLicense => {
    const group = officeGroup(values.officeKeys?.[index]?.office ?? "")!;
    return {
      childName: `${name}-${group.id}-activation`,
      office: officeName(group),
      license: { keyGroup: group.name, activationId: group.activationId! },
      key: officeKey,
      keyRequired: true,
    };
  });
  return key !== undefined || values.readOnly === true ? [windows, ...office] : office;
}

const commonInputs = (name: string, { inputs, values }: CheckedHost, { azureVmId, ssh }: HostMachine) => ({
  name,
  stack: stackName(),
  ...(azureVmId !== undefined && { azureVmId }),
  ...(ssh !== undefined && { ssh: ssh as DeepInput<ManagedHostInputs["ssh"]> }),
  ...(inputs.tags !== undefined && { tags: inputs.tags }),
  ...(inputs.os !== undefined && { os: inputs.os }),
  ...(inputs.edition !== undefined && { edition: inputs.edition }),
  acknowledge: (inputs.acknowledge ?? []) as DeepInput<ManagedHostInputs["acknowledge"]>,
  ...((values.strict ?? strictStack()) && { strict: true }),
  timeoutMinutes: inputs.timeoutMinutes ?? defaultTimeoutMinutes,
});

/** Key and ledger of a host that the package manages. */
function keyInputs(key: Omit<KMSHostOfficeKeyInputs, "office">) {
  const { productKey, activation, confirmationId, ledger, activationsSpent, hostLimitException } = key;
  return {
    productKey: productKey!,
    activation: activation ?? "online",
    ...(confirmationId !== undefined && {
      confirmationId: pulumi.output(confirmationId).apply((id) => id.replace(/[^0-9]/g, "")),
    }),
    ledger: pulumi.output(ledger).apply(resolvedLedger),
    ...(activationsSpent !== undefined && { activationsSpent }),
    ...(hostLimitException !== undefined && { hostLimitException }),
  };
}

/** The settings as the program gives them; those of DNS follow from the zones. */
function settingInputs(
  inputs: KMSHostInputs,
  zoneValues: KMSHostZoneValues[] | undefined,
): ResourceInputs<HostSettings> {
  const { zones = [] } = inputs;
  const byWindows = zones.filter((_, index) => zoneValues?.[index]?.publishedBy === "windows");
  const given = inputs as Partial<Record<HostSettingName, unknown>>;
  const fromArguments = Object.fromEntries(
    Object.entries(defaultSettings).map(([name, value]) => [name, given[name as HostSettingName] ?? value]),
  ) as ResourceInputs<HostSettings>;
  return {
    ...fromArguments,
    // Windows publishes in its own domain where the program names no zone.
    dnsPublishing: zones.length === 0 || byWindows.length > 0,
    publishedDomains: byWindows.map(
      ({ zoneName, priority, weight }) => pulumi.interpolate`${zoneName},${priority ?? 0},${weight ?? 0}`,
    ),
  };
}
