import type { types } from "@pulumi/azure-native";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/resource-ids";
import { findImage } from "../catalog/images";
import { findOperatingSystem } from "../catalog/operating-systems";
import type { SshMachineArgs } from "../component/old-args";
import type { WindowsVmArgs } from "./windows-vm-args";

/** A virtual machine of our own making with its network interface. */
export interface WindowsMachine {
  vm: compute.VirtualMachine;
  /** Host name that the machine was made with. */
  computerName: pulumi.Output<string>;
  privateIpAddress: pulumi.Output<string>;
}

/** What distinguishes one machine from another. */
export interface WindowsMachineSpec {
  computerName: pulumi.Input<string>;
  /** Whether the name is made from the resource's name: another one is then no reason for another machine. */
  computerNameIsDefault: boolean;
  os: pulumi.Input<string>;
  edition: pulumi.Input<string>;
  args: WindowsVmArgs;
  /** Network security group of the network interface. */
  networkSecurityGroupId?: pulumi.Input<string>;
}

/** What a program need not choose. */
export const vmDefaults = {
  adminUsername: "kmsadmin",
  size: "Standard_B2as_v2",
  osDiskType: "StandardSSD_LRS",
};

/**
 * What Azure can't change on an existing virtual machine. The plugin does not know it and would fail half-way.
 * Source: pulumi-azure-native #577, #1117.
 */
const fixedAtCreation = [
  "osProfile.computerName",
  "osProfile.adminUsername",
  "storageProfile.imageReference",
];

/** Creates a Windows virtual machine without a public address, its children named `${name}-nic` and `${name}-vm`. */
export function createWindowsMachine(
  name: string,
  spec: WindowsMachineSpec,
  opts: pulumi.CustomResourceOptions,
): WindowsMachine {
  const { args } = spec;
  const common = { resourceGroupName: args.resourceGroupName, location: args.location, tags: args.tags };
  const nic = new network.NetworkInterface(
    `${name}-nic`,
    {
      ...common,
      ipConfigurations: [{ name: "primary", primary: true, subnet: { id: args.subnetId } }],
      ...(spec.networkSecurityGroupId && { networkSecurityGroup: { id: spec.networkSecurityGroupId } }),
    },
    opts,
  );
  const vm = new compute.VirtualMachine(
    `${name}-vm`,
    {
      ...common,
      ...virtualMachine(spec),
      networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
    },
    {
      ...opts,
      replaceOnChanges: fixedAtCreation,
      // The new machine takes over the network interface, which Azure lets one machine have at a time.
      deleteBeforeReplace: true,
      ignoreChanges: [
        "osProfile.adminPassword",
        ...(spec.computerNameIsDefault ? ["osProfile.computerName"] : []),
      ],
    },
  );
  return { vm, computerName: computerNameOf(vm, spec), privateIpAddress: firstAddress(nic.ipConfigurations) };
}

/** The profile counts as secret as a whole, since it has the password; the name in it is none. */
const computerNameOf = (vm: compute.VirtualMachine, spec: WindowsMachineSpec) =>
  pulumi
    .all([
      pulumi.unsecret(vm.osProfile as pulumi.Output<types.output.compute.OSProfileResponse>).computerName,
      spec.computerName,
    ])
    .apply(([actual, given]: [string | undefined, string]) => actual ?? given);

function virtualMachine(spec: WindowsMachineSpec) {
  const { args } = spec;
  return {
    hardwareProfile: { vmSize: args.size ?? vmDefaults.size },
    identity: { type: compute.ResourceIdentityType.SystemAssigned },
    osProfile: { computerName: spec.computerName, ...administrator(args) },
    ...imageProfiles(spec),
  };
}

/** The administrator of a machine, and what Windows is set up with. */
export const administrator = (args: WindowsVmArgs) => ({
  adminUsername: args.adminUsername ?? vmDefaults.adminUsername,
  adminPassword: pulumi.secret(args.adminPassword),
  windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true },
});

/** What machines of one image have in common, whether they stand alone or are instances of a scale set. */
export function imageProfiles({ os, edition, args }: Pick<WindowsMachineSpec, "os" | "edition" | "args">) {
  const image = pulumi
    .all([os, edition, args.core ?? false])
    .apply(([osName, editionName, core]) => findImage(osName, { edition: editionName, core }));
  return {
    ...(args.licenseType && { licenseType: args.licenseType }),
    storageProfile: {
      imageReference: image.apply(({ publisher, offer, sku, version }) => ({
        publisher,
        offer,
        sku,
        version,
      })),
      osDisk: {
        createOption: compute.DiskCreateOptionTypes.FromImage,
        caching: compute.CachingTypes.ReadWrite,
        deleteOption: compute.DiskDeleteOptionTypes.Delete,
        managedDisk: { storageAccountType: args.osDiskType ?? vmDefaults.osDiskType },
      },
    },
    securityProfile: pulumi
      .all([image, args.encryptionAtHost ?? false])
      .apply(([{ trustedLaunch }, encryptionAtHost]) => securityProfile(trustedLaunch, encryptionAtHost)),
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  };
}

/** Trusted Launch is named where the image has it: without a profile Azure makes a machine without it. */
function securityProfile(
  trustedLaunch: boolean,
  encryptionAtHost: boolean,
): types.input.compute.SecurityProfileArgs {
  return {
    ...(trustedLaunch && {
      securityType: compute.SecurityTypes.TrustedLaunch,
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    }),
    ...(encryptionAtHost && { encryptionAtHost }),
  };
}

interface IpConfiguration {
  privateIPAddress?: string;
}

/** The first private address of a network interface. */
export function firstAddress(
  configurations: pulumi.Output<IpConfiguration[] | undefined>,
): pulumi.Output<string> {
  return configurations.apply((list) => list?.[0]?.privateIPAddress ?? "");
}

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

/** Edition of a KMS host that names none. */
export function defaultEdition(os: string | undefined): string {
  return os !== undefined && findOperatingSystem(os)?.family === "client" ? "Enterprise" : "Datacenter";
}
