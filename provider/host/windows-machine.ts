import type { types } from "@pulumi/azure-native";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { findImage } from "../catalog/images";
import { findEdition } from "../catalog/operating-systems";
import type { CommonArgs, CreateMachineArgs } from "../component/shared-args";

/** A created virtual machine with its network interface. */
export interface WindowsMachine {
  vm: compute.VirtualMachine;
  networkInterface: network.NetworkInterface;
  /** Host name that the machine was created with. */
  computerName: pulumi.Output<string>;
  privateIpAddress: pulumi.Output<string>;
}

/** What machines of one kind have in common, whether they stand alone or are instances of a scale set. */
export interface WindowsMachineSpec {
  os: pulumi.Input<string>;
  edition: pulumi.Input<string>;
  create: CreateMachineArgs;
}

/** What distinguishes one machine from another. */
export interface SingleMachineSpec extends WindowsMachineSpec {
  computerName: pulumi.Input<string>;
  /** Whether the name is made from the resource's name: a change of it is then no reason for another machine. */
  computerNameIsDefault: boolean;
  tags: CommonArgs["tags"];
  /** Network security group of the network interface. */
  networkSecurityGroupId?: pulumi.Input<string>;
}

/** Values where the program gives none. */
export const createDefaults = {
  adminUsername: "kmsadmin",
  size: "Standard_B2as_v2",
  osDiskType: "StandardSSD_LRS",
};

/**
 * What Azure can't change on an existing virtual machine, but for its disk. The plugin does not know it and would fail
 * half-way. Source: pulumi-azure-native #577, #1117.
 */
const fixedAtCreation = ["location", "osProfile.computerName", "osProfile.adminUsername"];

/** A network resource moves to another region only as another one. Source: as for the machine. */
export const movesAsAnother = { replaceOnChanges: ["location"] };

/** The virtual network of a subnet, by its ID. */
export const virtualNetworkOf = (subnetId: string) => subnetId.toLowerCase().split("/subnets/")[0];

/**
 * What the disk of a machine was made by. Another choice replaces the machine; another image for the same choice does not:
 * when Azure moves an image to another offer, machines that were made from the former one stay as they are.
 */
const diskChoice = ({ os, edition, create }: WindowsMachineSpec): pulumi.Output<string> =>
  pulumi
    .all([os, edition, create.core ?? false, create.osDiskType ?? createDefaults.osDiskType])
    .apply(([osName, editionName, core, diskType]) => {
      const known = findEdition(osName, editionName);
      const chosen = known === undefined ? [osName, editionName] : [known.os.name, known.edition.name];
      return [...chosen, ...(core ? ["Server Core"] : []), diskType].join(", ");
    });

/** Creates a Windows virtual machine without a public address, its children named `${name}-nic` and `${name}-vm`. */
export function createWindowsMachine(
  name: string,
  spec: SingleMachineSpec,
  opts: pulumi.CustomResourceOptions,
): WindowsMachine {
  const { create, tags, computerName, networkSecurityGroupId } = spec;
  const common = { resourceGroupName: create.resourceGroupName, location: create.location, tags };
  const networkInterface = new network.NetworkInterface(
    `${name}-nic`,
    {
      ...common,
      ipConfigurations: [{ name: "primary", primary: true, subnet: { id: create.subnetId } }],
      ...(networkSecurityGroupId && { networkSecurityGroup: { id: networkSecurityGroupId } }),
    },
    { ...opts, ...movesAsAnother },
  );
  const vm = new compute.VirtualMachine(
    `${name}-vm`,
    {
      ...common,
      hardwareProfile: { vmSize: create.size ?? createDefaults.size },
      osProfile: { computerName, ...administrator(create) },
      ...imageProfiles(spec, { deleteOption: compute.DiskDeleteOptionTypes.Delete }),
      networkProfile: { networkInterfaces: [{ id: networkInterface.id, primary: true }] },
    },
    {
      ...opts,
      replaceOnChanges: fixedAtCreation,
      replacementTrigger: diskChoice(spec),
      // The new machine takes over the network interface, which Azure lets one machine have at a time.
      deleteBeforeReplace: true,
      ignoreChanges: [
        "osProfile.adminPassword",
        // Whoever needs an identity of the machine gives it one, for example a policy for an agent.
        "identity",
        // As a whole: of a part that is ignored, the engine gives a replacement the former value.
        "storageProfile",
        ...(spec.computerNameIsDefault ? ["osProfile.computerName"] : []),
      ],
    },
  );
  return {
    vm,
    networkInterface,
    computerName: computerNameOf(vm, computerName),
    privateIpAddress: firstAddress(networkInterface.ipConfigurations).apply((address) => address ?? ""),
  };
}

/** The profile counts as secret as a whole, since it has the password; the name in it is none. */
const computerNameOf = (vm: compute.VirtualMachine, given: pulumi.Input<string>) =>
  pulumi
    .all([
      pulumi.unsecret(vm.osProfile as pulumi.Output<types.output.compute.OSProfileResponse>).computerName,
      given,
    ])
    .apply(([actual, name]: [string | undefined, string]) => actual ?? name);

/** The administrator of a machine, and what Windows is set up with. */
export const administrator = (create: CreateMachineArgs) => ({
  adminUsername: create.adminUsername ?? createDefaults.adminUsername,
  adminPassword: pulumi.secret(create.adminPassword),
  windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true },
});

/** What a machine is made from: an image of the catalogue, or one of the program's own. */
interface MachineImage {
  id?: string;
  publisher?: string;
  offer?: string;
  sku?: string;
  version?: string;
  trustedLaunch: boolean;
}

/** What machines of one image have in common. */
export function imageProfiles(
  { os, edition, create }: WindowsMachineSpec,
  disk: { deleteOption?: compute.DiskDeleteOptionTypes },
) {
  const image: pulumi.Output<MachineImage> =
    create.image === undefined
      ? pulumi
          .all([os, edition, create.core ?? false])
          .apply(([osName, editionName, core]) => findImage(osName, { edition: editionName, core }))
      : pulumi.output(create.image).apply((own) => ({
          ...own,
          ...(own.id === undefined && { version: own.version ?? "latest" }),
          trustedLaunch: own.trustedLaunch ?? true,
        }));
  return {
    ...(create.licenseType && { licenseType: create.licenseType }),
    storageProfile: {
      imageReference: image.apply(({ id, publisher, offer, sku, version }) =>
        id === undefined ? { publisher, offer, sku, version } : { id },
      ),
      osDisk: {
        createOption: compute.DiskCreateOptionTypes.FromImage,
        caching: compute.CachingTypes.ReadWrite,
        ...disk,
        managedDisk: { storageAccountType: create.osDiskType ?? createDefaults.osDiskType },
      },
    },
    securityProfile: pulumi
      .all([image, create.encryptionAtHost ?? false])
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

/** The first private address of a network interface. */
export const firstAddress = (
  configurations: pulumi.Output<{ privateIPAddress?: string }[] | undefined>,
): pulumi.Output<string | undefined> => configurations.apply((list) => list?.[0]?.privateIPAddress);
