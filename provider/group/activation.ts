import * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/cloud";
import { azureKmsOf } from "../catalog/azure-kms";
import { Discovery, LicenseStatus, OnRemove } from "../catalog/constants";
import { defaultOfficeProduct, officeNameOf } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { findOperatingSystem } from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { delegate } from "../engine/delegate";
import type { DeepInput, ResourceInputs } from "../engine/inputs";
import { hidingSecrets } from "../engine/secret-arguments";
import type { KMSHost } from "../host/kms-host";
import type { SshAddress } from "../machine/ssh-address";
import type { KMSClientGroupValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";
import { countThreshold } from "../rules/counts";
import { decideDiscovery } from "../rules/discovery";
import { type HostFacts, hasWindowsHostKey } from "../rules/facts";
import { type Finding, findingsIn } from "../rules/findings";
import type { KMSClientGroupInputs } from "./inputs.generated";
import type { ClientActivationInputs, HostConnection, KeptInputs, StoredMembers } from "./state";

/** KMS client setup key, discovery and activation of all members of one group. */
export class ClientActivation extends pulumi.dynamic.Resource {
  // Each is undefined where an update with targets leaves the resource out.
  declare readonly members: pulumi.Output<StoredMembers["members"] | undefined>;
  declare readonly common: pulumi.Output<StoredMembers["common"] | undefined>;
  declare readonly machinesMissing: pulumi.Output<number | undefined>;

  constructor(
    name: string,
    inputs: ResourceInputs<ClientActivationInputs>,
    opts: pulumi.CustomResourceOptions,
  ) {
    const outputs = { members: undefined, common: undefined, machinesMissing: undefined };
    const [props, options] = hidingSecrets(
      { ...outputs, ...inputs, kind: "ClientActivation" },
      { ...opts, aliases: [{ type: "windows-kms:index:ClientActivation" }] },
      ["members", "common"],
    );
    super(delegate, name, props, options, "windows-kms", "ClientActivation");
  }
}

/** A KMS host that serves a group, with what the rules know of it. */
export interface ServingHost {
  host: KMSHost;
  facts: HostFacts;
}

/** A client group whose arguments have been reviewed. */
export interface DeclaredGroup {
  /** Logical name. */
  name: string;
  inputs: KMSClientGroupInputs;
  /** As far as they are known; what decides children and rules is. */
  values: KMSClientGroupValues;
  /** None where Azure's own KMS serves it. */
  hosts: readonly ServingHost[];
  /** Whether what stands at a path came as a secret. */
  isSecret(path: string): boolean;
  /** Whether warnings are errors. */
  strict: boolean;
  /** What is reported of the group and its hosts that explains failures of members, when the program has been reviewed. */
  findings: Promise<Finding[]>;
}

/** A value that is known, as a secret where its argument came as one. */
export const asGiven = <Value>(
  { isSecret }: { isSecret?(path: string): boolean },
  path: string,
  value: Value,
): pulumi.Input<Value> => (isSecret?.(path) === true ? pulumi.secret(value) : value) as pulumi.Input<Value>;

/** What the activation of a group is made from, but for its machines. */
export function activationSettings(group: DeclaredGroup): ResourceInputs<KeptInputs> {
  const { name, inputs, values, hosts, strict } = group;
  const office = values.office?.version === undefined ? "" : officeNameOf(values.office.version);
  const officeProduct = office === "" ? "" : (values.office?.product ?? defaultOfficeProduct(office) ?? "");
  const os = values.os === undefined ? "" : (findOperatingSystem(values.os)?.name ?? values.os);
  const edition = values.edition ?? "";
  const defaultKey = office === "" ? findSetupKey(os, edition) : findSetupKey(office, officeProduct);
  return {
    name,
    os: asGiven(group, "os", os),
    edition: asGiven(group, "edition", edition),
    office: asGiven(group, "office.version", office),
    officeProduct: asGiven(group, "office.product", officeProduct),
    setupKey: inputs.setupKey ?? defaultKey?.key ?? "",
    hosts: hosts.map(hostInputs),
    hostsReady: hosts.length === 0 || hostsReady(hosts, office),
    ...(hosts.length === 0 ? azureKmsByName() : discoveryOf(group)),
    threshold: thresholdOf(group, os, office),
    hostConnections: office === "" ? hosts.flatMap(connectionTo) : [],
    refresh: inputs.refresh ?? {},
    timeoutMinutes: inputs.timeoutMinutes ?? 0,
    onRemove: inputs.onRemove ?? OnRemove.Leave,
    offlineDays: values.assume?.offlineDays ?? 0,
    tags: inputs.tags ?? {},
    strict,
    acknowledge: inputs.acknowledge ?? [],
  };
}

/** What was reported of a group and its hosts that explains failures of members. */
export async function groupFindings(
  reported: Promise<readonly Diagnostic[]>,
  hosts: readonly ServingHost[],
): Promise<Finding[]> {
  const ofHosts = hosts.map(async ({ facts }) =>
    findingsIn((await facts.reported) ?? [], "client", `KMSHost ${facts.name}: `),
  );
  return [...findingsIn(await reported, "client"), ...(await Promise.all(ofHosts)).flat()];
}

/** The office versions of a host are those that the program names: what is found on it is not known at preview. */
const hostInputs = ({ host, facts }: ServingHost) => {
  const { name, args } = facts;
  return {
    name,
    keyGroup: asGiven(facts, "key.keyGroup", args.key?.keyGroup ?? ""),
    os: args.os === undefined ? host.os.apply((os) => os ?? "") : asGiven(facts, "os", args.os),
    office: (args.officeKeys ?? []).flatMap(({ office }, index) =>
      office === undefined ? [] : [asGiven(facts, `officeKeys[${index}].office`, officeNameOf(office))],
    ),
    readOnly: args.readOnly === true,
  };
};

/** Azure's own KMS activates the first machine that asks. Source: learn.microsoft.com activation-error-0xc004f038. */
const noThreshold = 1;

function thresholdOf({ hosts }: DeclaredGroup, os: string, office: string): number {
  if (hosts.length === 0) {
    return noThreshold;
  }
  return office !== "" ? countThreshold({ office }) : os !== "" ? countThreshold({ os }) : 0;
}

/** Whether one of the hosts is activated for what the group activates, as far as it was observed. */
function hostsReady(hosts: readonly ServingHost[], office: string): pulumi.Output<boolean> {
  const ready = hosts.map(({ host: { licenseStatus, officeStates } }) =>
    office === ""
      ? licenseStatus.apply(canServe)
      : officeStates.apply((states) =>
          states.some((state) => state.office === office && canServe(state.licenseStatus)),
        ),
  );
  return pulumi.all(ready).apply((all) => all.includes(true));
}

const canServe = (licenseStatus: string) =>
  licenseStatus === LicenseStatus.Licensed || licenseStatus === LicenseStatus.NotObserved;

/** How a host whose Windows has a KMS host key is reached, where it is. */
function connectionTo({ host, facts }: ServingHost): DeepInput<HostConnection>[] {
  const { name } = host;
  const { create, azureVmId, ssh } = facts.args.machine ?? {};
  if (!hasWindowsHostKey(facts)) {
    return [];
  }
  if (ssh?.host !== undefined) {
    return [{ name, ssh: pulumi.secret(ssh as SshAddress) as DeepInput<SshAddress> }];
  }
  const isInAzure = create !== undefined || azureVmId !== undefined || facts.unknown.has("machine.azureVmId");
  return isInAzure ? [{ name, azureVmId: host.azureVmId.apply((id) => id ?? "") }] : [];
}

/** Members of Azure's own KMS get its name: an image may have that of another host. */
function azureKmsByName() {
  const { servers } = azureKmsOf(azureCloud(process.env));
  return {
    discovery: Discovery.FixedHost,
    lookupDomain: "",
    hostNames: servers.map(({ name }) => name),
    hostAddresses: [{ name: servers[0].name, port: limits.kmsPort }],
  };
}

/** How members find a KMS host, as the rules decide it, with the names that they find. */
function discoveryOf({ values, hosts }: DeclaredGroup) {
  const all = hosts.map(({ host }) => host);
  const decided = pulumi
    .all(all.map(({ zoneNames }) => zoneNames))
    .apply((zones) => decideDiscovery(values, zones));
  const addresses = pulumi.all(
    all.map(({ fqdn, port }) => pulumi.all([fqdn, port]).apply(([name, at]) => ({ name, port: at }))),
  );
  return {
    discovery: decided.apply(({ discovery }) => discovery),
    lookupDomain: decided.apply(({ lookupDomain }) => lookupDomain ?? ""),
    hostNames: pulumi.all(all.map(({ names }) => names)).apply((names) => names.flat()),
    hostAddresses: pulumi
      .all([decided, addresses])
      .apply(([{ discovery }, known]) => (discovery === Discovery.FixedHost ? known : [])),
  };
}
