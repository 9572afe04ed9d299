import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import { OrchestrationMode } from "../catalog/constants";
import type { CommonArgs } from "../component/shared-args";
import {
  administrator,
  createDefaults,
  imageProfiles,
  type WindowsMachineSpec,
} from "../host/windows-machine";
import { extensionName, type LicensingExtension } from "../machine/scale-set-extension";
import { instanceNamePrefixFrom } from "../rules/names";
import type { CreateScaleSetInputs } from "./inputs.generated";
import { liveCapacity, ownName } from "./scale-set-capacity";

/** What distinguishes one scale set from another. */
export interface WindowsScaleSetSpec extends WindowsMachineSpec {
  create: CreateScaleSetInputs;
  tags: CommonArgs["tags"];
  uniform: boolean;
  /** Whether an autoscaler sets the number of instances. */
  autoscaled: boolean;
  /** Run by Azure on each new instance. */
  extension?: pulumi.Output<LicensingExtension>;
}

/** Version of Microsoft.Network that Azure makes the instances' interfaces with. */
const networkApiVersion = compute.NetworkApiVersion.NetworkApiVersion_2020_11_01;

/** What Azure can't change on an existing scale set. */
const fixedAtCreation = [
  "location",
  "orchestrationMode",
  "virtualMachineProfile.osProfile.computerNamePrefix",
  "virtualMachineProfile.osProfile.adminUsername",
];

/** Creates a scale set of Windows machines without public addresses, named `${name}-scale-set`. */
export function createWindowsScaleSet(
  name: string,
  spec: WindowsScaleSetSpec,
  opts: pulumi.CustomResourceOptions,
): compute.VirtualMachineScaleSet {
  const { create, tags, uniform, autoscaled, extension } = spec;
  const vmScaleSetName = autoscaled ? (create.name ?? ownName(name, opts.parent)) : create.name;
  const capacity =
    autoscaled && vmScaleSetName !== undefined
      ? liveCapacity(name, { ...create, vmScaleSetName }, opts)
      : create.capacity;
  return new compute.VirtualMachineScaleSet(
    `${name}-scale-set`,
    {
      resourceGroupName: create.resourceGroupName,
      location: create.location,
      tags,
      ...(vmScaleSetName && { vmScaleSetName }),
      sku: { name: create.size ?? createDefaults.size, tier: "Standard", capacity },
      orchestrationMode: uniform ? OrchestrationMode.Uniform : OrchestrationMode.Flexible,
      // Spreads the instances over as many racks as there are.
      platformFaultDomainCount: 1,
      singlePlacementGroup: false,
      ...(uniform && uniformPolicies),
      virtualMachineProfile: {
        // A Uniform set always deletes the disks of its instances, and takes no choice.
        ...imageProfiles(spec, uniform ? {} : { deleteOption: compute.DiskDeleteOptionTypes.Delete }),
        osProfile: {
          computerNamePrefix: create.computerNamePrefix ?? instanceNamePrefixFrom(name),
          ...administrator(create),
        },
        networkProfile: networkProfile(create.subnetId, uniform),
        ...(extension && { extensionProfile: { extensions: [modelExtension(extension)] } }),
      },
    },
    {
      ...opts,
      replaceOnChanges: fixedAtCreation,
      ignoreChanges: [
        "virtualMachineProfile.osProfile.adminPassword",
        // A set keeps the image that it was made from: whether Azure lets it change the offer is documented both ways.
        "virtualMachineProfile.storageProfile.imageReference",
        // A name made from the resource's own is no reason for another scale set.
        ...(create.computerNamePrefix === undefined
          ? ["virtualMachineProfile.osProfile.computerNamePrefix"]
          : []),
        // The update changes it to have the extension run once more.
        ...(extension ? ["virtualMachineProfile.extensionProfile.extensions[0].forceUpdateTag"] : []),
        // Another number is no difference to be shown; the update sends the number that Azure has.
        ...(autoscaled && pulumi.runtime.isDryRun() ? ["sku.capacity"] : []),
      ],
    },
  );
}

/**
 * A changed extension reaches all instances at once. Machines that Azure creates beyond the capacity and deletes again
 * would be counted by the KMS host for weeks.
 */
const uniformPolicies = { upgradePolicy: { mode: compute.UpgradeMode.Automatic }, overprovision: false };

const networkProfile = (subnetId: pulumi.Input<string>, uniform: boolean) => ({
  ...(!uniform && { networkApiVersion }),
  networkInterfaceConfigurations: [
    {
      name: "primary",
      primary: true,
      ipConfigurations: [{ name: "primary", primary: true, subnet: { id: subnetId } }],
    },
  ],
});

/** Azure forgets protected settings that an update of the set leaves out, so they always go with it. */
const modelExtension = (extension: pulumi.Output<LicensingExtension>) => ({
  name: extensionName,
  publisher: extension.publisher,
  type: extension.type,
  typeHandlerVersion: extension.typeHandlerVersion,
  autoUpgradeMinorVersion: extension.autoUpgradeMinorVersion,
  settings: extension.settings,
  protectedSettings: pulumi.secret(extension.protectedSettings),
});
