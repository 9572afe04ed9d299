import { KmsError } from "../../errors/kms-error";
import { describeCounts, hasChanges, type OperationCounts } from "./event-log";
import type { FleetStatus } from "./fleet-status";
import { fleetTable } from "./fleet-table";
import type { LabReport, LabStep } from "./lab-report";
import type { LabStack } from "./lab-stack";

/** What the steps of a run work with. */
export interface LabRunContext {
  stack: LabStack;
  /** Ids of the resources in the lab. */
  resources: () => Promise<string[]>;
  say: (line: string) => void;
  report: LabReport;
}

/** Preview, first and second update, and the fleet's status. */
export async function bringUp(context: LabRunContext): Promise<void> {
  const { stack, report, say } = context;
  await step(context, "preview", "what would be created", () => stack.operate("preview"));
  await expectNoResources(context, "KMS7015");
  await step(context, "up", "create everything", () => stack.operate("up", "--yes", "--skip-preview"));
  const counts = await step(context, "second up", "nothing may change", () =>
    stack.operate("up", "--yes", "--skip-preview"),
  );
  const status = await stack.status();
  Object.assign(report, status, { outputs: await stack.outputs() });
  say("");
  fleetTable(status).forEach(say);
  expectLicensed(status);
  if (hasChanges(counts)) {
    throw new KmsError("KMS7016", { values: { counts: describeCounts(counts) } });
  }
}

/** Destroys the stack's resources and looks whether any is left in the lab. */
export async function tearDown(context: LabRunContext): Promise<void> {
  await step(context, "destroy", "remove everything", () =>
    context.stack.operate("destroy", "--yes", "--skip-preview"),
  );
  await expectNoResources(context, "KMS7017");
}

async function step(
  { report, say, resources }: LabRunContext,
  name: LabStep["name"],
  purpose: string,
  work: () => Promise<OperationCounts>,
): Promise<OperationCounts> {
  say(`\n${name}: ${purpose}`);
  const startedAt = performance.now();
  const counts = await work();
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const { length: labResources } = await resources();
  report.steps.push({ name, seconds, counts, labResources });
  say(`${name}: ${describeCounts(counts)} in ${seconds} s; ${labResources} resources in the lab`);
  return counts;
}

async function expectNoResources({ resources }: LabRunContext, code: string): Promise<void> {
  const left = await resources();
  if (left.length > 0) {
    throw new KmsError(code, { values: { count: left.length, names: left.join(", ") } });
  }
}

function expectLicensed({ members }: FleetStatus): void {
  const others = members.filter(({ status }) => status !== "Licensed");
  if (others.length > 0) {
    const names = others.map(({ group, name, status }) => `${group}/${name} ${status}`).join(", ");
    throw new KmsError("KMS7018", { values: { count: others.length, all: members.length, names } });
  }
}
