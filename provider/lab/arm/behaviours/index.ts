import type { TypeBehaviour } from "../arm-state";
import { scaleSetExtensionType, scaleSetType, uniformInstanceType } from "../scale-set/scale-set-types";
import { extensionBehaviour } from "./extension";
import { networkInterfaceType } from "../machine-index";
import { networkInterfaceBehaviour } from "./network-interface";
import {
  linkType,
  networkLinkBehaviour,
  privateZoneBehaviour,
  recordSetBehaviour,
  recordTypes,
} from "./private-dns";
import { routeBehaviour, routeType } from "./route";
import { runCommandBehaviour } from "./run-command";
import { scaleSetBehaviour } from "./scale-set";
import { scaleSetExtensionBehaviour } from "./scale-set-extension";
import { scaleSetInstanceBehaviour } from "./scale-set-instance";
import { securityGroupBehaviour } from "./security-group";
import { securityRuleBehaviour } from "./security-rule";
import { subnetBehaviour } from "./subnet";
import { virtualMachineBehaviour } from "./virtual-machine";

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
