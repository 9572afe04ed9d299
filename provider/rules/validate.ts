import {
  alternativesVerdicts,
  azureKmsRouteVerdicts,
  azureKmsVerdicts,
  kmsSourceVerdicts,
} from "./azure-kms";
import { redundancyVerdicts } from "./counts";
import { discoveryVerdicts, foreignRecordsVerdicts } from "./discovery";
import type { GroupFacts, HostFacts, ProgramFacts } from "./facts";
import { groupKeyVerdicts, hostKeyVerdicts, hostsPerKeyVerdicts, keyGroupVerdicts } from "./keys";
import { runCommandVerdicts, sameMachineVerdicts, scaleSetVerdicts } from "./machines";
import { exposureVerdicts, firewallVerdicts, hostOutboundVerdicts, reachVerdicts } from "./network";
import { officeKeyVerdicts, officeVerdicts, officeVersionVerdicts } from "./office";
import {
  hostEditionVerdicts,
  hostEvaluationVerdicts,
  hostPairVerdicts,
  hostSupportVerdicts,
  osVerdicts,
} from "./operating-systems";
import { programIndex, type ProgramIndex } from "./program-index";
import {
  groupEditionVerdicts,
  groupEvaluationVerdicts,
  groupSupportVerdicts,
  hostFamilyVerdicts,
  servedVerdicts,
  updatesVerdicts,
} from "./serving";
import {
  countCacheVerdicts,
  machineIdVerdicts,
  offlineVerdicts,
  standbyVerdicts,
  thresholdVerdicts,
} from "./thresholds";
import { settle, type Tolerance, verdict, type Verdict } from "./verdict";
import { srvRecordVerdicts } from "./zones";

const groupRules: ((group: GroupFacts, index: ProgramIndex) => Verdict[])[] = [
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
  scaleSetVerdicts,
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
  return groupRules.flatMap((rule) => rule(group, index));
}

/** The KMS hosts that a group names are in the program (R005). */
export function hostNamesVerdicts({ hosts }: GroupFacts, index: ProgramIndex): Verdict[] {
  return hosts.flatMap((given, place) =>
    index.host(given) === undefined ? [verdict("KMS2242", "error", `hosts[${place}]`, { given })] : [],
  );
}

const hostRules: ((host: HostFacts, index: ProgramIndex) => Verdict[])[] = [
  keyGroupVerdicts,
  osVerdicts,
  hostPairVerdicts,
  hostEditionVerdicts,
  hostEvaluationVerdicts,
  hostKeyVerdicts,
  hostsPerKeyVerdicts,
  officeKeyVerdicts,
  hostSupportVerdicts,
  srvRecordVerdicts,
  exposureVerdicts,
  hostOutboundVerdicts,
  firewallVerdicts,
  runCommandVerdicts,
];

/** Everything that can be said of one KMS host of a program. */
export function hostVerdicts(host: HostFacts, index: ProgramIndex): Verdict[] {
  return hostRules.flatMap((rule) => rule(host, index));
}

/** A program for `validate`: hosts and groups with how each wants its warnings treated. */
export interface ProgramToValidate extends Omit<ProgramFacts, "hosts" | "groups"> {
  /** KMS hosts, in the order of the program. */
  hosts: (HostFacts & Tolerance)[];
  /** Client groups. */
  groups: (GroupFacts & Tolerance)[];
}

/** A verdict with the logical name of the resource that it is about. */
export interface ResourceVerdict extends Verdict {
  /** Logical name of the KMSHost or KMSClientGroup. */
  resource: string;
}

/**
 * What the preview would say of a program, without Pulumi: for unit tests and policies. Pure, and linear in the
 * program. Names must be unique; a group names its hosts by their logical names.
 */
export function validate(program: ProgramToValidate): ResourceVerdict[] {
  const index = programIndex(program);
  return [
    ...program.hosts.flatMap((host) => named(host.name, settle(hostVerdicts(host, index), host))),
    ...program.groups.flatMap((group) => {
      const verdicts = [...hostNamesVerdicts(group, index), ...groupVerdicts(group, index)];
      return named(group.name, settle(verdicts, group));
    }),
  ];
}

const named = (resource: string, verdicts: Verdict[]) => verdicts.map((one) => ({ resource, ...one }));

/** What can be said of a KMS host that another program manages: only whether it can be what it is declared to be. */
export const lookupVerdicts = (host: HostFacts, index: ProgramIndex = programIndex()): Verdict[] => [
  ...keyGroupVerdicts(host),
  ...osVerdicts(host),
  ...hostPairVerdicts(host, index),
  ...officeVersionVerdicts(host),
  ...runCommandVerdicts(host),
];
