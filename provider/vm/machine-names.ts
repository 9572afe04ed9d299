import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/azure-vm-id";
import type { SshMachineArgs } from "../args/ssh-args";
import { firstAddress } from "./windows-machine";

/** What a machine tells of its own name. */
interface SeenNames {
  computerName: pulumi.Output<string>;
  /** AD domain, or "" in a workgroup. */
  domain: pulumi.Output<string>;
}

/** The name of a machine over SSH in its domain; in a workgroup the one that it is reached by from here. */
export function fullNameOf(seen: SeenNames, ssh: SshMachineArgs | undefined): pulumi.Output<string> {
  return pulumi
    .all([seen.computerName, seen.domain, ssh?.host ?? ""])
    .apply(([name, domain, host]) => (domain ? `${name}.${domain}` : host));
}

/** The last part of an Azure resource ID: the resource's own name. */
const lastPart = (id: string) => id.slice(id.lastIndexOf("/") + 1);

/** The private address of the first network interface of an existing machine, asked of the parent's own provider. */
export function addressOf(azureVmId: pulumi.Output<string>, parent: pulumi.Resource): pulumi.Output<string> {
  const place = azureVmId.apply(parseAzureVmId);
  const vm = compute.getVirtualMachineOutput(
    { resourceGroupName: place.resourceGroupName, vmName: place.vmName },
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
