import type { HostFacts } from "./facts";
import { officeVersionVerdicts } from "./host/office-keys";
import { hostPairVerdicts } from "./host/pair";
import { keyGroupVerdicts } from "./key-group";
import { osVerdicts } from "./os";
import { type ProgramIndex, programIndex } from "./program-index";
import { runCommandVerdicts } from "./run-command";
import type { Verdict } from "./verdict";

/** What can be said of a KMS host that another program manages: only whether it can be what it is declared to be. */
export const lookupVerdicts = (host: HostFacts, index: ProgramIndex = programIndex()): Verdict[] => [
  ...keyGroupVerdicts(host),
  ...osVerdicts(host),
  ...hostPairVerdicts(host, index),
  ...officeVersionVerdicts(host),
  ...runCommandVerdicts(host),
];
