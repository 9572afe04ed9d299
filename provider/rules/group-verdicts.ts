import type { GroupFacts } from "./facts";
import { firewallVerdicts } from "./firewall-rules";
import { alternativesVerdicts } from "./group/alternatives";
import { azureKmsVerdicts } from "./group/azure-kms";
import { azureKmsRouteVerdicts } from "./group/azure-kms-route";
import { countCacheVerdicts } from "./group/count-cache";
import { discoveryVerdicts } from "./group/discovery";
import { groupEditionVerdicts } from "./group/edition";
import { groupEvaluationVerdicts } from "./group/evaluation";
import { foreignRecordsVerdicts } from "./group/foreign-records";
import { hostFamilyVerdicts } from "./group/host-family";
import { groupKeyVerdicts } from "./group/key";
import { kmsSourceVerdicts } from "./group/kms-source";
import { machineIdVerdicts } from "./group/machine-ids";
import { officeVerdicts } from "./group/office";
import { offlineVerdicts } from "./group/offline";
import { reachVerdicts } from "./group/reach";
import { redundancyVerdicts } from "./group/redundancy";
import { sameMachineVerdicts } from "./group/same-machine";
import { servedVerdicts } from "./group/served";
import { standbyVerdicts } from "./group/standby";
import { groupSupportVerdicts } from "./group/support";
import { thresholdVerdicts } from "./group/threshold";
import { updatesVerdicts } from "./group/updates";
import { osVerdicts } from "./os";
import type { ProgramIndex } from "./program-index";
import { runCommandVerdicts } from "./run-command";
import type { Verdict } from "./verdict";

const rules: ((group: GroupFacts, index: ProgramIndex) => Verdict[])[] = [
  kmsSourceVerdicts,
  osVerdicts,
  groupEditionVerdicts,
  groupEvaluationVerdicts,
  groupKeyVerdicts,
  servedVerdicts,
  hostFamilyVerdicts,
  updatesVerdicts,
  officeVerdicts,
  thresholdVerdicts,
  redundancyVerdicts,
  countCacheVerdicts,
  standbyVerdicts,
  machineIdVerdicts,
  sameMachineVerdicts,
  discoveryVerdicts,
  foreignRecordsVerdicts,
  reachVerdicts,
  offlineVerdicts,
  azureKmsVerdicts,
  azureKmsRouteVerdicts,
  firewallVerdicts,
  runCommandVerdicts,
  groupSupportVerdicts,
  alternativesVerdicts,
];

/** Everything that can be said of one client group of a program and the KMS hosts that shall serve it. */
export function groupVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  return rules.flatMap((rule) => rule(group, index));
}
