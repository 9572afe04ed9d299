import type { FleetStatus } from "./fleet-status";
import type { KeptLab } from "./keep-lab";
import type { KeyUse } from "./key-use";
import type { OperationCounts } from "./stack";

/** One finished step of a run. */
export interface LabStep {
  name: "preview" | "up" | "second up" | "refresh" | "destroy";
  /** The part of the run that it belongs to: a step of the example, or a rebuild. @default - none */
  part?: string;
  seconds: number;
  counts: OperationCounts;
  /** How many resources the lab held after it. */
  labResources: number;
}

/** What a run found; filled as it goes on, so that a run that fails shows how far it came. `--json` prints it. */
export interface LabReport extends FleetStatus {
  ok: boolean;
  example: string;
  steps: LabStep[];
  /** What is spent of each KMS host key of the example, before destroy. */
  keys: KeyUse[];
  /** Stack outputs before destroy; secret ones are masked. */
  outputs: Record<string, unknown>;
  /** What went wrong; absent when nothing did. */
  error?: string;
  /** How to use the lab; only with `--keep`. */
  kept?: KeptLab;
}

/** The report of a run that has done nothing yet. */
export function emptyReport(example: string): LabReport {
  return { ok: false, example, steps: [], outputs: {}, keys: [], features: [], hosts: [], members: [] };
}
