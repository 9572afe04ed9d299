import {
  networkInterfaceType,
  scaleSetExtensionType,
  scaleSetType,
  uniformInstanceType,
} from "../compute/machine-index";
import { runCommandBehaviour } from "../compute/run-command";
import { scaleSetBehaviour } from "../compute/scale-set";
import { scaleSetExtensionBehaviour } from "../compute/scale-set-extension";
import { scaleSetInstanceBehaviour } from "../compute/scale-set-instance";
import { extensionBehaviour, virtualMachineBehaviour } from "../compute/virtual-machine";
import { networkInterfaceBehaviour } from "../network/network-interface";
import {
  linkType,
  networkLinkBehaviour,
  privateZoneBehaviour,
  recordSetBehaviour,
  recordTypes,
} from "../network/private-dns";
import { securityGroupBehaviour, securityRuleBehaviour } from "../network/security-group";
import { routeBehaviour, routeType, subnetBehaviour } from "../network/virtual-network";
import type { TypeBehaviour } from "./arm-state";

const behaviours = new Map<string, TypeBehaviour>([
  ["Microsoft.Network/virtualNetworks/subnets", subnetBehaviour],
  ["Microsoft.Network/networkSecurityGroups", securityGroupBehaviour],
  ["Microsoft.Network/networkSecurityGroups/securityRules", securityRuleBehaviour],
  [routeType, routeBehaviour],
  [networkInterfaceType, networkInterfaceBehaviour],
  ["Microsoft.Network/privateDnsZones", privateZoneBehaviour],
  [linkType, networkLinkBehaviour],
  ...recordTypes.map((type) => [`Microsoft.Network/privateDnsZones/${type}`, recordSetBehaviour] as const),
  ["Microsoft.Compute/virtualMachines", virtualMachineBehaviour],
  ["Microsoft.Compute/virtualMachines/runCommands", runCommandBehaviour],
  ["Microsoft.Compute/virtualMachines/extensions", extensionBehaviour],
  [scaleSetType, scaleSetBehaviour],
  [scaleSetExtensionType, scaleSetExtensionBehaviour],
  [uniformInstanceType, scaleSetInstanceBehaviour],
]);

/** What the type does beyond keeping its body. */
export const behaviourOf = (type: string): TypeBehaviour => behaviours.get(type) ?? {};
