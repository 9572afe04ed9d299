import { alternativesDiagnostics, azureKmsDiagnostics, scaleSetOutboundDiagnostics } from "./azure-kms";
import { azureKmsRouteDiagnostics } from "./azure-kms-way";
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
import { officeGroupDiagnostics, officeKeyDiagnostics, officeSourceDiagnostics } from "./office";
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
  osDiagnostics,
} from "./operating-systems";
import type { ProgramIndex } from "./program-index";
import { hostReachDiagnostics, hostWayOutDiagnostics } from "./reachability";
import { failureLimitDiagnostics, scaleSetDiagnostics } from "./rollout";
import {
  hostFamilyDiagnostics,
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
import { recordSetDiagnostics, zoneLinkDiagnostics } from "./declared-zones";
import {
  addressRecordDiagnostics,
  secureZoneDiagnostics,
  srvRecordDiagnostics,
  zoneKindDiagnostics,
} from "./zones";

type Rule<Facts> = (facts: Facts, index: ProgramIndex) => Diagnostic[];

/** Which arguments of a KMS host go together. */
const hostArgumentRules: Rule<HostFacts>[] = [
  hostMachineDiagnostics,
  hostSshDiagnostics,
  keyNeededDiagnostics,
  hostOsNeededDiagnostics,
  zoneKindDiagnostics,
  addressRecordDiagnostics,
  clientPrefixesDiagnostics,
  hostImageDiagnostics,
];

/** What Microsoft's rules say of a KMS host. */
const hostRules: Rule<HostFacts>[] = [
  keyGroupDiagnostics,
  osDiagnostics,
  hostPairDiagnostics,
  hostEditionDiagnostics,
  hostEvaluationDiagnostics,
  hostKeyDiagnostics,
  hostsPerKeyDiagnostics,
  activationsSpentDiagnostics,
  officeKeyDiagnostics,
  hostSupportDiagnostics,
  srvRecordDiagnostics,
  exposureDiagnostics,
  hostOutboundDiagnostics,
  hostWayOutDiagnostics,
  firewallProfilesDiagnostics,
  recordSetDiagnostics,
  secureZoneDiagnostics,
  firewallDiagnostics,
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
  groupImageDiagnostics,
];

/** What Microsoft's rules say of a client group and the KMS hosts that serve it. */
const groupRules: Rule<GroupFacts>[] = [
  kmsSourceDiagnostics,
  osDiagnostics,
  groupEditionDiagnostics,
  groupEvaluationDiagnostics,
  setupKeyDiagnostics,
  windowsKeyDiagnostics,
  servedDiagnostics,
  hostFamilyDiagnostics,
  updatesDiagnostics,
  officeGroupDiagnostics,
  thresholdDiagnostics,
  scaleSetDiagnostics,
  scaleSetOutboundDiagnostics,
  redundancyDiagnostics,
  countCacheDiagnostics,
  standbyDiagnostics,
  machineIdDiagnostics,
  sameMachineDiagnostics,
  hostAsMemberDiagnostics,
  discoveryDiagnostics,
  foreignRecordsDiagnostics,
  reachDiagnostics,
  hostReachDiagnostics,
  zoneLinkDiagnostics,
  offlineDiagnostics,
  azureKmsDiagnostics,
  azureKmsRouteDiagnostics,
  firewallDiagnostics,
  groupRunCommandDiagnostics,
  groupSupportDiagnostics,
  alternativesDiagnostics,
  recordOrderDiagnostics,
];

const apply = <Facts>(rules: Rule<Facts>[], facts: Facts, index: ProgramIndex) =>
  rules.flatMap((rule) => rule(facts, index));

/** What Microsoft's rules say of one KMS host of a program, as far as its arguments are known. */
export const hostDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  apply(hostRules, host, index);

/** Everything that can be said of one KMS host of a program: also which of its arguments go together. */
export const reviewHost = (host: HostFacts, index: ProgramIndex): Diagnostic[] => [
  ...apply(hostArgumentRules, host, index),
  ...hostDiagnostics(host, index),
];

/** What Microsoft's rules say of one client group of a program and its KMS hosts, as far as its arguments are known. */
export const groupDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  apply(groupRules, group, index);

/** Everything that can be said of one client group of a program: also which of its arguments go together. */
export const reviewGroup = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => [
  ...apply(groupArgumentRules, group, index),
  ...groupDiagnostics(group, index),
];
