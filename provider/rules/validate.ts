import {
  alternativesDiagnostics,
  azureKmsRouteDiagnostics,
  azureKmsDiagnostics,
  kmsSourceDiagnostics,
} from "./azure-kms";
import { redundancyDiagnostics } from "./counts";
import { discoveryDiagnostics, foreignRecordsDiagnostics } from "./discovery";
import type { GroupFacts, HostFacts, ProgramFacts } from "./facts";
import { groupKeyDiagnostics, hostKeyDiagnostics, hostsPerKeyDiagnostics, keyGroupDiagnostics } from "./keys";
import { runCommandDiagnostics, sameMachineDiagnostics, scaleSetDiagnostics } from "./machines";
import {
  exposureDiagnostics,
  firewallDiagnostics,
  hostOutboundDiagnostics,
  reachDiagnostics,
} from "./network";
import { officeKeyDiagnostics, officeDiagnostics, officeVersionDiagnostics } from "./office";
import {
  hostEditionDiagnostics,
  hostEvaluationDiagnostics,
  hostPairDiagnostics,
  hostSupportDiagnostics,
  osDiagnostics,
} from "./operating-systems";
import { programIndex, type ProgramIndex } from "./program-index";
import {
  groupEditionDiagnostics,
  groupEvaluationDiagnostics,
  groupSupportDiagnostics,
  hostFamilyDiagnostics,
  servedDiagnostics,
  updatesDiagnostics,
} from "./serving";
import {
  countCacheDiagnostics,
  machineIdDiagnostics,
  offlineDiagnostics,
  standbyDiagnostics,
  thresholdDiagnostics,
} from "./thresholds";
import { settle, type Tolerance, diagnostic, type Diagnostic } from "./diagnostic";
import { srvRecordDiagnostics } from "./zones";

const groupRules: ((group: GroupFacts, index: ProgramIndex) => Diagnostic[])[] = [
  kmsSourceDiagnostics,
  osDiagnostics,
  groupEditionDiagnostics,
  groupEvaluationDiagnostics,
  groupKeyDiagnostics,
  servedDiagnostics,
  hostFamilyDiagnostics,
  updatesDiagnostics,
  officeDiagnostics,
  thresholdDiagnostics,
  scaleSetDiagnostics,
  redundancyDiagnostics,
  countCacheDiagnostics,
  standbyDiagnostics,
  machineIdDiagnostics,
  sameMachineDiagnostics,
  discoveryDiagnostics,
  foreignRecordsDiagnostics,
  reachDiagnostics,
  offlineDiagnostics,
  azureKmsDiagnostics,
  azureKmsRouteDiagnostics,
  firewallDiagnostics,
  runCommandDiagnostics,
  groupSupportDiagnostics,
  alternativesDiagnostics,
];

/** Everything that can be said of one client group of a program and the KMS hosts that shall serve it. */
export function groupDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  return groupRules.flatMap((rule) => rule(group, index));
}

/** The KMS hosts that a group names are in the program (R005). */
export function hostNamesDiagnostics({ hosts }: GroupFacts, index: ProgramIndex): Diagnostic[] {
  return hosts.flatMap((given, place) =>
    index.host(given) === undefined ? [diagnostic("KMS2242", "error", `hosts[${place}]`, { given })] : [],
  );
}

const hostRules: ((host: HostFacts, index: ProgramIndex) => Diagnostic[])[] = [
  keyGroupDiagnostics,
  osDiagnostics,
  hostPairDiagnostics,
  hostEditionDiagnostics,
  hostEvaluationDiagnostics,
  hostKeyDiagnostics,
  hostsPerKeyDiagnostics,
  officeKeyDiagnostics,
  hostSupportDiagnostics,
  srvRecordDiagnostics,
  exposureDiagnostics,
  hostOutboundDiagnostics,
  firewallDiagnostics,
  runCommandDiagnostics,
];

/** Everything that can be said of one KMS host of a program. */
export function hostDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  return hostRules.flatMap((rule) => rule(host, index));
}

/** A program for `validate`: hosts and groups with how each wants its warnings treated. */
export interface ProgramToValidate extends Omit<ProgramFacts, "hosts" | "groups"> {
  /** KMS hosts, in the order of the program. */
  hosts: (HostFacts & Tolerance)[];
  /** Client groups. */
  groups: (GroupFacts & Tolerance)[];
}

/** A diagnostic with the logical name of the resource that it is about. */
export interface ResourceDiagnostic extends Diagnostic {
  /** Logical name of the KMSHost or KMSClientGroup. */
  resource: string;
}

/**
 * What the preview would say of a program, without Pulumi: for unit tests and policies. Pure, and linear in the
 * program. Names must be unique; a group names its hosts by their logical names.
 */
export function validate(program: ProgramToValidate): ResourceDiagnostic[] {
  const index = programIndex(program);
  return [
    ...program.hosts.flatMap((host) => named(host.name, settle(hostDiagnostics(host, index), host))),
    ...program.groups.flatMap((group) => {
      const diagnostics = [...hostNamesDiagnostics(group, index), ...groupDiagnostics(group, index)];
      return named(group.name, settle(diagnostics, group));
    }),
  ];
}

const named = (resource: string, diagnostics: Diagnostic[]) =>
  diagnostics.map((one) => ({ resource, ...one }));

/** What can be said of a KMS host that another program manages: only whether it can be what it is declared to be. */
export const lookupDiagnostics = (host: HostFacts, index: ProgramIndex = programIndex()): Diagnostic[] => [
  ...keyGroupDiagnostics(host),
  ...osDiagnostics(host),
  ...hostPairDiagnostics(host, index),
  ...officeVersionDiagnostics(host),
  ...runCommandDiagnostics(host),
];
