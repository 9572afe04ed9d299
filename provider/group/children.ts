import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/resource-ids";
import { OrchestrationMode } from "../catalog/constants";
import type { DeepInput, ResourceInputs } from "../engine/inputs";
import { inputsOf } from "../component/declared-resources";
import { asKnownAtUpdate } from "../host/activation";
import { fixedValues, imageText, shortDigest } from "../host/fixed-values";
import { createDefaults, createWindowsMachine, virtualNetworkOf } from "../host/windows-machine";
import { sshName } from "../machine/ssh-address";
import type { CreateMachineArgs, SshMachineArgs } from "../component/shared-args";
import { hasWindowsHostKey } from "../rules/facts";
import { computerNamePrefixFrom, numberedComputerName } from "../rules/names";
import {
  activationSettings,
  asGiven,
  ClientActivation,
  type DeclaredGroup,
  type ServingHost,
} from "./activation";
import { createAzureKmsRoutes } from "./azure-kms-routes";
import type { SshClientsInputs } from "./inputs.generated";
import { instanceExtension } from "./scale-set-instances";
import { createWindowsScaleSet } from "./scale-set-resource";
import type {
  ClientActivationInputs,
  CreatedMembers,
  KeptInputs,
  Member,
  MemberState,
  ScaleSetInputs,
} from "./state";
import { readMembers } from "./stored-members";

/** The outputs of a client group's children. */
export interface GroupChildren {
  members: pulumi.Output<MemberState[]>;
  machinesMissing: pulumi.Output<number>;
  /** Known before the members are activated, but for the instances of a scale set. */
  azureVmIds: pulumi.Output<string[]>;
}

/** Declares the children of a client group: its machines, its routes to Azure's own KMS, and one activation for all. */
export async function createGroupChildren(
  group: DeclaredGroup,
  parent: pulumi.Resource,
): Promise<GroupChildren> {
  const { name, inputs, values, hosts, findings } = group;
  const { azureKmsRouteTableId: table } = inputs;
  const routes =
    table === undefined ? [] : await createAzureKmsRoutes(name, table, values.azureKmsRouteTableId, parent);
  const opts = { parent, dependsOn: [...hosts.map(({ host }) => host), ...routes] };
  const settings = activationSettings(group);
  const set = groupScaleSet(group, settings, opts);
  const { scaleSet } = set;
  const { machines, created } =
    scaleSet === undefined ? groupMachines(group, parent) : { machines: [], created: set.created };
  const activation = new ClientActivation(
    `${name}-activation`,
    {
      ...settings,
      machines,
      hostMachines: values.office === undefined ? hosts.map(machineOf) : [],
      findings: asKnownAtUpdate(findings),
      ...(inputs.machines.ssh && { ssh: commonAddress(inputs.machines.ssh) }),
      ...(scaleSet && { scaleSet }),
      rollout: (inputs.rollout ?? {}) as DeepInput<ClientActivationInputs["rollout"]>,
      ...(created && { created }),
    },
    opts,
  );
  const members = pulumi
    .all([activation.members, activation.common])
    .apply(([stored = [], common = {}]) => readMembers({ members: stored, common }));
  return {
    members,
    machinesMissing: activation.machinesMissing.apply((missing = 0) => missing),
    azureVmIds: scaleSet === undefined ? vmIdsOf(pulumi.output(machines)) : vmIdsOf(members),
  };
}

const vmIdsOf = (machines: pulumi.Output<{ azureVmId?: string }[]>): pulumi.Output<string[]> =>
  machines.apply((all) => all.flatMap(({ azureVmId }) => azureVmId ?? []));

/** The scale set whose instances are the members, created or existing; undefined for a group of other machines. */
function groupScaleSet(
  group: DeclaredGroup,
  settings: ResourceInputs<KeptInputs>,
  opts: pulumi.CustomResourceOptions,
): { scaleSet?: ResourceInputs<ScaleSetInputs>; created?: ResourceInputs<CreatedMembers> } {
  const { name, inputs, values } = group;
  const { scaleSet: create, scaleSetId } = inputs.machines;
  const autoscaled = values.machines?.autoscaled === true;
  if (create === undefined) {
    return scaleSetId === undefined
      ? {}
      : { scaleSet: { id: scaleSetId, capacity: -1, autoscaled, created: false } };
  }
  const uniform = values.machines?.scaleSet?.orchestrationMode === OrchestrationMode.Uniform;
  const extension =
    uniform || autoscaled
      ? pulumi
          .output({ ...settings, hostConnections: [] })
          .apply((known) => instanceExtension(known as KeptInputs))
      : undefined;
  const os = asGiven(group, "os", values.os ?? "");
  const edition = asGiven(group, "edition", values.edition ?? "");
  const spec = { os, edition, create, tags: inputs.tags, uniform, autoscaled, extension };
  const set = createWindowsScaleSet(name, spec, opts);
  return {
    scaleSet: { id: set.id, capacity: autoscaled ? -1 : create.capacity, autoscaled, created: true },
    created: {
      ...createdFrom(create, "machines.scaleSet"),
      choices: {},
      resources: [{ name: `${name}-scale-set`, fixed: fixedValues("VirtualMachineScaleSet", inputsOf(set)) }],
    },
  };
}

/** What is fixed at the creation of machines, beside what the catalogue knows. */
function createdFrom(create: CreateMachineArgs, path: CreatedMembers["path"]) {
  return {
    path,
    adminPassword: pulumi.secret(pulumi.output(create.adminPassword).apply(shortDigest)),
    ...(create.image !== undefined && { image: pulumi.output(create.image).apply(imageText) }),
    virtualNetwork: pulumi.output(create.subnetId).apply(virtualNetworkOf),
  };
}

/** The machine of a host whose Windows has a KMS host key. */
function machineOf({ host, facts }: ServingHost): pulumi.Input<string> {
  const { ssh } = facts.args.machine ?? {};
  if (!hasWindowsHostKey(facts)) {
    return "";
  }
  return ssh?.host === undefined
    ? host.azureVmId.apply((id) => id?.toLowerCase() ?? "")
    : sshName({ host: ssh.host, port: ssh.port }).toLowerCase();
}

type MemberInput = { [Key in keyof Member]: DeepInput<Member[Key]> };

/**
 * The machines of all sources, one after the other. There is an entry for each ID, so that one that is not known yet leaves
 * the others known.
 */
function groupMachines(
  group: DeclaredGroup,
  parent: pulumi.Resource,
): { machines: DeepInput<Member[]>; created?: ResourceInputs<CreatedMembers> } {
  const { azureVmIds = [], ssh } = group.inputs.machines;
  const { machines, created } = createMachines(group, parent);
  const overSsh = ssh === undefined ? [] : sshMachines(ssh);
  const all = Array.isArray(azureVmIds)
    ? [...machines, ...azureVmIds.map(azureMachine), ...overSsh]
    : pulumi
        .output(azureVmIds)
        .apply((ids) => pulumi.output([...machines, ...ids.map(azureMachine), ...overSsh]));
  return { machines: all, ...(created && { created }) };
}

function createMachines(
  group: DeclaredGroup,
  parent: pulumi.Resource,
): { machines: MemberInput[]; created?: ResourceInputs<CreatedMembers> } {
  const { name, inputs, values } = group;
  const { create } = inputs.machines;
  const os = asGiven(group, "os", values.os ?? "");
  const edition = asGiven(group, "edition", values.edition ?? "");
  if (create === undefined) {
    return { machines: [] };
  }
  const { computerNamePrefix } = create;
  const prefix = pulumi.output(computerNamePrefix ?? computerNamePrefixFrom(name));
  const made = Array.from({ length: values.machines?.create?.count ?? 0 }, (_, index) => {
    const spec = {
      computerName: prefix.apply((text) => numberedComputerName(text, index + 1)),
      computerNameIsDefault: computerNamePrefix === undefined,
      os,
      edition,
      create,
      tags: inputs.tags,
    };
    return {
      logicalName: `${name}-${index + 1}`,
      ...createWindowsMachine(`${name}-${index + 1}`, spec, { parent }),
    };
  });
  return {
    machines: made.map(({ computerName, vm }) => ({ name: computerName, azureVmId: vm.id })),
    created: {
      ...createdFrom(create, "machines.create"),
      choices: {
        os,
        edition,
        "machines.create.core": pulumi.output(create.core ?? false).apply(String),
        "machines.create.osDiskType": create.osDiskType ?? createDefaults.osDiskType,
      },
      resources: made.map(({ logicalName, vm }) => ({
        name: `${logicalName}-vm`,
        fixed: fixedValues("VirtualMachine", inputsOf(vm)),
      })),
    },
  };
}

const vmNameOf = (id: string) => parseAzureVmId(id).vmName;

/** What is known makes no output, of which a large group would have tens of thousands. */
function azureMachine(id: pulumi.Input<string>): MemberInput {
  if (typeof id === "string") {
    return { azureVmId: id, name: vmNameOf(id) };
  }
  const azureVmId = pulumi.output(id);
  return { azureVmId, name: azureVmId.apply(vmNameOf) };
}

/** A machine is known by its port, so that a port which all have in common is repeated. */
const sshMachines = ({ port: common, machines }: SshClientsInputs): MemberInput[] =>
  machines.map((machine) => {
    if (pulumi.Output.isInstance(machine)) {
      // Nothing is known of it yet.
      const ssh = pulumi
        .all([machine, common])
        .apply(([own, port]) => ({ ...(port !== undefined && { port }), ...own }));
      return { name: ssh.apply(sshName), ssh };
    }
    const own = machine as SshMachineArgs;
    const { host, port = common } = own;
    const isKnown = typeof host === "string" && (port === undefined || typeof port === "number");
    const name = isKnown
      ? sshName({ host, port })
      : pulumi.all([host, port]).apply(([given, known]) => sshName({ host: given, port: known }));
    return { name, ssh: { ...own, ...(port !== undefined && { port }) } };
  });

/** What the machines over SSH have in common, but for the port. */
function commonAddress({ machines: _machines, port: _port, ...common }: SshClientsInputs) {
  return common as DeepInput<NonNullable<KeptInputs["ssh"]>>;
}
