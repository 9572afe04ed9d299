import { declaredSetDiagnostics } from "./declared-scale-sets";
import {
  alternativesDiagnostics,
  azureKmsAsHostDiagnostics,
  azureKmsDiagnostics,
  sameRouteTableDiagnostics,
} from "./azure-kms";
import { routeTableDiagnostics } from "./azure-kms-routes";
import { azureKmsRouteDiagnostics, scaleSetOutboundDiagnostics } from "./azure-kms-way";
import { clientPrefixRuleDiagnostics } from "./azure/client-prefixes";
import {
  groupCreationDiagnostics,
  hostCreationDiagnostics,
  resourceIdDiagnostics,
} from "./azure/created-machines";
import { groupTagDiagnostics, hostTagDiagnostics } from "./azure/sent-tags";
import { groupDeclaredDiagnostics, hostDeclaredDiagnostics } from "./azure/subnets";
import { azureZoneDiagnostics } from "./azure/zone-records";
import { groupMachineFaults, hostMachineFaults } from "./declared-machine-faults";
import type { Diagnostic } from "./diagnostic";
import {
  discoveryDiagnostics,
  hostTwiceDiagnostics,
  kmsSourceDiagnostics,
  recordOrderDiagnostics,
} from "./discovery";
import type { GroupFacts, HostFacts } from "./facts";
import { groupImageDiagnostics, hostImageDiagnostics } from "./images";
import {
  activationsSpentDiagnostics,
  confirmationDiagnostics,
  hostKeyDiagnostics,
  hostsPerKeyDiagnostics,
  keyGroupDiagnostics,
  keyNeededDiagnostics,
  setupKeyDiagnostics,
} from "./keys";
import {
  groupMachinesDiagnostics,
  groupRunCommandDiagnostics,
  groupSshDiagnostics,
  hostAsMemberDiagnostics,
  hostMachineDiagnostics,
  hostRunCommandDiagnostics,
  hostSshDiagnostics,
  sameHostMachineDiagnostics,
  sameMachineDiagnostics,
} from "./machines";
import {
  clientPrefixesDiagnostics,
  exposureDiagnostics,
  firewallDiagnostics,
  firewallProfilesDiagnostics,
  hostOutboundDiagnostics,
  reachDiagnostics,
} from "./network";
import {
  officeGroupDiagnostics,
  officeKeyDiagnostics,
  officeSourceDiagnostics,
  officeThresholdDiagnostics,
} from "./office";
import {
  groupEditionDiagnostics,
  groupEvaluationDiagnostics,
  groupOsNeededDiagnostics,
  groupSupportDiagnostics,
  hostEditionDiagnostics,
  hostEvaluationDiagnostics,
  hostOsNeededDiagnostics,
  hostPairDiagnostics,
  hostSupportDiagnostics,
} from "./operating-systems";
import { otherHostsDiagnostics } from "./other-hosts";
import type { ProgramIndex } from "./program-index";
import { hostReachDiagnostics, hostWayOutDiagnostics } from "./reachability";
import { failureLimitDiagnostics, scaleSetDiagnostics } from "./rollout";
import {
  hostFamilyDiagnostics,
  notActivatedDiagnostics,
  servedDiagnostics,
  updatesDiagnostics,
  windowsKeyDiagnostics,
} from "./serving";
import {
  countCacheDiagnostics,
  foreignRecordsDiagnostics,
  machineIdDiagnostics,
  offlineDiagnostics,
  redundancyDiagnostics,
  standbyDiagnostics,
  thresholdDiagnostics,
} from "./thresholds";
import { zoneLinkDiagnostics } from "./declared-zones";
import { settingDiagnostics } from "./settings";
import {
  assumptionDiagnostics,
  editionAloneDiagnostics,
  foundTooOldDiagnostics,
  osDiagnostics,
} from "./unknown-systems";
import {
  addressRecordDiagnostics,
  lookupDomainDiagnostics,
  publishedTtlDiagnostics,
  sameRecordDiagnostics,
  signedUpdateDiagnostics,
  srvRecordDiagnostics,
  zoneKindDiagnostics,
  zoneNameDiagnostics,
} from "./zones";
import { zoneFaultDiagnostics } from "./zone-faults";

type Rule<Facts> = (facts: Facts, index: ProgramIndex) => Diagnostic[];

/**
 * How far rules look: `own` at the resource and the KMS hosts that it names, `program` at other resources too, which the
 * program may declare later.
 */
export type Reach = "own" | "program";

/** Which arguments of a KMS host go together. */
const hostArgumentRules: Rule<HostFacts>[] = [
  hostMachineDiagnostics,
  hostSshDiagnostics,
  keyNeededDiagnostics,
  hostOsNeededDiagnostics,
  zoneKindDiagnostics,
  zoneNameDiagnostics,
  addressRecordDiagnostics,
  publishedTtlDiagnostics,
  confirmationDiagnostics,
  clientPrefixesDiagnostics,
  hostImageDiagnostics,
];

/** What Azure refuses of what is sent for a KMS host. */
const hostAzureRules: Rule<HostFacts>[] = [
  hostCreationDiagnostics,
  hostDeclaredDiagnostics,
  clientPrefixRuleDiagnostics,
  hostTagDiagnostics,
  azureZoneDiagnostics,
  resourceIdDiagnostics,
];

/** What Microsoft's rules say of a KMS host. */
const hostRules: Rule<HostFacts>[] = [
  keyGroupDiagnostics,
  osDiagnostics,
  assumptionDiagnostics,
  editionAloneDiagnostics,
  hostPairDiagnostics,
  hostEditionDiagnostics,
  hostEvaluationDiagnostics,
  hostKeyDiagnostics,
  hostsPerKeyDiagnostics,
  sameHostMachineDiagnostics,
  activationsSpentDiagnostics,
  officeKeyDiagnostics,
  hostSupportDiagnostics,
  srvRecordDiagnostics,
  sameRecordDiagnostics,
  exposureDiagnostics,
  hostOutboundDiagnostics,
  hostWayOutDiagnostics,
  hostMachineFaults,
  firewallProfilesDiagnostics,
  zoneFaultDiagnostics,
  signedUpdateDiagnostics,
  firewallDiagnostics,
  settingDiagnostics,
  azureKmsAsHostDiagnostics,
  hostRunCommandDiagnostics,
];

/** Which arguments of a client group go together. */
const groupArgumentRules: Rule<GroupFacts>[] = [
  groupMachinesDiagnostics,
  groupSshDiagnostics,
  groupOsNeededDiagnostics,
  hostTwiceDiagnostics,
  failureLimitDiagnostics,
  officeSourceDiagnostics,
  lookupDomainDiagnostics,
  groupImageDiagnostics,
];

/** What Azure refuses of what is sent for a client group. */
const groupAzureRules: Rule<GroupFacts>[] = [
  groupCreationDiagnostics,
  groupDeclaredDiagnostics,
  groupTagDiagnostics,
  resourceIdDiagnostics,
];

/** What Microsoft's rules say of a client group and the KMS hosts that serve it. */
const groupRules: Rule<GroupFacts>[] = [
  kmsSourceDiagnostics,
  osDiagnostics,
  foundTooOldDiagnostics,
  assumptionDiagnostics,
  editionAloneDiagnostics,
  groupEditionDiagnostics,
  groupEvaluationDiagnostics,
  setupKeyDiagnostics,
  windowsKeyDiagnostics,
  servedDiagnostics,
  hostFamilyDiagnostics,
  notActivatedDiagnostics,
  updatesDiagnostics,
  officeGroupDiagnostics,
  officeThresholdDiagnostics,
  thresholdDiagnostics,
  scaleSetDiagnostics,
  declaredSetDiagnostics,
  scaleSetOutboundDiagnostics,
  redundancyDiagnostics,
  countCacheDiagnostics,
  standbyDiagnostics,
  machineIdDiagnostics,
  sameMachineDiagnostics,
  hostAsMemberDiagnostics,
  discoveryDiagnostics,
  foreignRecordsDiagnostics,
  otherHostsDiagnostics,
  reachDiagnostics,
  hostReachDiagnostics,
  zoneLinkDiagnostics,
  offlineDiagnostics,
  azureKmsDiagnostics,
  sameRouteTableDiagnostics,
  routeTableDiagnostics,
  azureKmsRouteDiagnostics,
  groupMachineFaults,
  firewallDiagnostics,
  groupRunCommandDiagnostics,
  groupSupportDiagnostics,
  alternativesDiagnostics,
  recordOrderDiagnostics,
];

/** The rules that look at more of a program than a resource and the KMS hosts that it names. */
const programRules = new Set<unknown>([
  hostMachineFaults,
  groupMachineFaults,
  routeTableDiagnostics,
  hostDeclaredDiagnostics,
  groupDeclaredDiagnostics,
  hostPairDiagnostics,
  hostsPerKeyDiagnostics,
  sameHostMachineDiagnostics,
  activationsSpentDiagnostics,
  sameRecordDiagnostics,
  setupKeyDiagnostics,
  officeThresholdDiagnostics,
  thresholdDiagnostics,
  foreignRecordsDiagnostics,
  otherHostsDiagnostics,
  redundancyDiagnostics,
  countCacheDiagnostics,
  sameMachineDiagnostics,
  hostAsMemberDiagnostics,
  sameRouteTableDiagnostics,
  hostWayOutDiagnostics,
  firewallProfilesDiagnostics,
  zoneFaultDiagnostics,
  hostReachDiagnostics,
  zoneLinkDiagnostics,
  discoveryDiagnostics,
  azureKmsRouteDiagnostics,
  scaleSetOutboundDiagnostics,
  declaredSetDiagnostics,
]);

/** Applies the rules that look so far; all without `reach`. */
const apply = <Facts>(rules: Rule<Facts>[], facts: Facts, index: ProgramIndex, reach?: Reach) =>
  rules
    .filter((rule) => reach === undefined || programRules.has(rule) === (reach === "program"))
    .flatMap((rule) => rule(facts, index));

/** What Microsoft's rules say of one KMS host of a program, as far as its arguments are known. */
export const hostDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  apply(hostRules, host, index);

/** Everything that can be said of one KMS host of a program: also which of its arguments go together. */
export const reviewHost = (host: HostFacts, index: ProgramIndex, reach?: Reach): Diagnostic[] =>
  apply([...hostArgumentRules, ...hostAzureRules, ...hostRules], host, index, reach);

/** What Microsoft's rules say of one client group of a program and its KMS hosts, as far as its arguments are known. */
export const groupDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  apply(groupRules, group, index);

/** Everything that can be said of one client group of a program: also which of its arguments go together. */
export const reviewGroup = (group: GroupFacts, index: ProgramIndex, reach?: Reach): Diagnostic[] =>
  apply([...groupArgumentRules, ...groupAzureRules, ...groupRules], group, index, reach);

/** What the program's own resources of azure-native forbid a KMS host, or lack for it. */
export const hostNetworkDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  [
    hostDeclaredDiagnostics,
    hostMachineFaults,
    hostWayOutDiagnostics,
    firewallProfilesDiagnostics,
    zoneFaultDiagnostics,
  ].flatMap((rule) => rule(host, index));

/** What the program's own resources of azure-native forbid the members of a group, or lack for them. */
export const groupNetworkDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  [
    groupDeclaredDiagnostics,
    hostReachDiagnostics,
    zoneLinkDiagnostics,
    azureKmsRouteDiagnostics,
    scaleSetOutboundDiagnostics,
  ].flatMap((rule) => rule(group, index));
