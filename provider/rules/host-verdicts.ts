import type { HostFacts } from "./facts";
import { firewallVerdicts } from "./firewall-rules";
import { hostEditionVerdicts } from "./host/edition";
import { hostEvaluationVerdicts } from "./host/evaluation";
import { exposureVerdicts } from "./host/exposure";
import { hostsPerKeyVerdicts } from "./host/hosts-per-key";
import { hostKeyVerdicts } from "./host/key";
import { officeKeyVerdicts } from "./host/office-keys";
import { hostOutboundVerdicts } from "./host/outbound";
import { hostPairVerdicts } from "./host/pair";
import { hostSupportVerdicts } from "./host/support";
import { srvRecordVerdicts } from "./host/srv-records";
import { keyGroupVerdicts } from "./key-group";
import { osVerdicts } from "./os";
import type { ProgramIndex } from "./program-index";
import { runCommandVerdicts } from "./run-command";
import type { Verdict } from "./verdict";

const rules: ((host: HostFacts, index: ProgramIndex) => Verdict[])[] = [
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
  return rules.flatMap((rule) => rule(host, index));
}
