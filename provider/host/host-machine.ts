import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/resource-ids";
import type { Diagnostic } from "../rules/diagnostic";
import { defaultHostEdition } from "../rules/facts";
import { computerNameFrom } from "../rules/names";
import { CreatedMachine, createdMachineInputs } from "./created-machine";
import type { CreateHostMachineInputs, KMSHostInputs, KMSHostMachineInputs } from "./inputs.generated";
import { defaultSettings } from "./settings";
import { createWindowsMachine, firstAddress, movesAsAnother } from "./windows-machine";

type Optional<T> = pulumi.Output<T | undefined>;

/** The machine of a KMS host, created or existing. */
export interface HostMachine {
  /** What was reported about the arguments of a created machine. */
  diagnostics?: pulumi.Output<Diagnostic[] | undefined>;
  azureVmId?: pulumi.Output<string>;
  ssh?: KMSHostMachineInputs["ssh"];
  /** Whether the package creates it. */
  created: boolean;
  /** Known for a created machine; another one reports its name itself. */
  computerName?: pulumi.Output<string>;
  /** Edition of a created machine. */
  edition?: pulumi.Input<string>;
  networkSecurityGroupId?: pulumi.Output<string>;
  networkInterfaceId?: pulumi.Output<string>;
  /** Undefined for a machine outside Azure, whose network is not known here. */
  address?: AzureAddress;
}

/** The private address of an Azure machine. */
interface AzureAddress {
  /** Looks it up where that is needed. */
  get(): Optional<string>;
  /** The address, if it is known or was looked up. */
  known(): Optional<string> | undefined;
}

function lookedUp(look: () => Optional<string>): AzureAddress {
  let address: Optional<string> | undefined;
  return { get: () => (address ??= look()), known: () => address };
}

/** The machine of a KMS host; the package creates it, or it exists. */
export function machineOf(name: string, inputs: KMSHostInputs, parent: pulumi.Resource): HostMachine {
  const { create, azureVmId, ssh } = inputs.machine;
  if (create !== undefined) {
    return createdMachine(name, inputs, create, parent);
  }
  if (azureVmId !== undefined) {
    const id = pulumi.output(azureVmId);
    return { created: false, azureVmId: id, address: lookedUp(() => addressOf(id, parent)) };
  }
  return { created: false, ...(ssh !== undefined && { ssh }) };
}

function createdMachine(
  name: string,
  inputs: KMSHostInputs,
  create: CreateHostMachineInputs,
  parent: pulumi.Resource,
): HostMachine {
  const { tags, clientPrefixes = [], port = defaultSettings.port } = inputs;
  const { resourceGroupName, location, computerName } = create;
  const securityRules = kmsPortRules(clientPrefixes, port);
  const nsg = new network.NetworkSecurityGroup(
    `${name}-nsg`,
    { resourceGroupName, location, tags, securityRules },
    { parent, ...movesAsAnother },
  );
  const os = inputs.os!;
  const edition = inputs.edition ?? pulumi.output(os).apply(defaultHostEdition);
  const defaultComputerName = computerNameFrom(name);
  const made = createdMachineInputs(name, inputs, create, { os, edition, defaultComputerName });
  const createdFrom = new CreatedMachine(`${name}-machine`, made, { parent });
  const spec = {
    os,
    edition,
    create,
    tags,
    computerName: computerName ?? defaultComputerName,
    computerNameIsDefault: computerName === undefined,
    networkSecurityGroupId: nsg.id,
  };
  const machine = createWindowsMachine(name, spec, { parent, dependsOn: createdFrom });
  const { vm, networkInterface, privateIpAddress } = machine;
  return {
    created: true,
    diagnostics: createdFrom.diagnostics,
    azureVmId: vm.id,
    computerName: machine.computerName,
    edition,
    networkSecurityGroupId: nsg.id,
    networkInterfaceId: networkInterface.id,
    address: { get: () => privateIpAddress, known: () => privateIpAddress },
  };
}

/**
 * Rules of a KMS host's network security group: its port is open to the client prefixes and closed to all others.
 * Azure's default rules would let the whole virtual network in.
 */
function kmsPortRules(clientPrefixes: pulumi.Input<pulumi.Input<string>[]>, port: pulumi.Input<number>) {
  const common = {
    direction: network.SecurityRuleDirection.Inbound,
    protocol: network.SecurityRuleProtocol.Tcp,
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: pulumi.output(port).apply(String),
  };
  const deny = {
    ...common,
    name: "deny-kms",
    priority: 210,
    access: network.SecurityRuleAccess.Deny,
    sourceAddressPrefix: "*",
    description: "No KMS for others",
  };
  return pulumi.output(clientPrefixes).apply((prefixes) =>
    prefixes.length === 0
      ? [deny]
      : [
          {
            ...common,
            name: "allow-kms",
            priority: 200,
            access: network.SecurityRuleAccess.Allow,
            sourceAddressPrefixes: prefixes,
            description: "KMS for the client prefixes",
          },
          deny,
        ],
  );
}

/** The last part of an Azure resource ID: the resource's own name. */
const lastPart = (id: string) => id.slice(id.lastIndexOf("/") + 1);

/** The private address of the first network interface of an existing machine, asked of the parent's own provider. */
function addressOf(
  azureVmId: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Output<string | undefined> {
  const location = azureVmId.apply(parseAzureVmId);
  const vm = compute.getVirtualMachineOutput(
    { resourceGroupName: location.resourceGroupName, vmName: location.vmName },
    { parent },
  );
  const nicId = vm.apply(({ networkProfile: profile }) => profile?.networkInterfaces?.[0]?.id ?? "");
  const nic = network.getNetworkInterfaceOutput(
    {
      resourceGroupName: nicId.apply((id) => id.split("/")[4] ?? ""),
      networkInterfaceName: nicId.apply(lastPart),
    },
    { parent },
  );
  return firstAddress(nic.apply(({ ipConfigurations }) => ipConfigurations));
}
