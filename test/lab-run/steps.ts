import { type FleetStatus, fleetTable } from "./fleet-status";
import type { LabReport, LabStep } from "./lab-report";
import { LabRunError } from "./lab-run-error";
import type { AllowedCommand } from "./command-roles";
import { describeCounts, hasChanges, type LabStack, type OperationCounts } from "./stack";

/** What the steps of a run work with. */
export interface LabRunContext {
  stack: LabStack;
  /** Ids of the resources in the lab. */
  resources: () => Promise<string[]>;
  say: (line: string) => void;
  report: LabReport;
  /** The part of the run, before the names of its steps. @default - none */
  part?: string;
  /** Lets the program do what a command needs and nothing else. @default - it may do everything */
  allow?: (command: AllowedCommand) => Promise<void>;
}

const withoutAsking = ["--yes", "--skip-preview"];

/** Preview, first and second update, and the fleet's status. */
export async function bringUp(context: LabRunContext): Promise<void> {
  await preview(context, "what would be created", []);
  await updateTwice(context, "create everything");
  await refresh(context);
}

/** Looks at everything; afterwards an update has nothing to do. */
async function refresh(context: LabRunContext): Promise<void> {
  const { stack } = context;
  await step(context, "refresh", "look at everything", () => stack.operate("refresh", ...withoutAsking));
  expectSame(await step(context, "preview", "nothing was changed by hand", () => stack.operate("preview")));
}

/** A preview of what an update with other configuration does; it leaves the lab as it is. */
export async function preview(context: LabRunContext, purpose: string, expected: string[]): Promise<void> {
  await step(context, "preview", purpose, () => context.stack.operate("preview"));
  await expectResources(context, "KMS7015", expected);
}

/** An update, another one that must find nothing to do, and the fleet's status. */
export async function updateTwice(context: LabRunContext, purpose: string): Promise<void> {
  const { stack, report, say } = context;
  await step(context, "up", purpose, () => stack.operate("up", ...withoutAsking));
  const counts = await step(context, "second up", "nothing may change", () =>
    stack.operate("up", ...withoutAsking),
  );
  const status = await stack.status();
  Object.assign(report, status, { outputs: await stack.outputs() });
  say("");
  fleetTable(status).forEach(say);
  expectLicensed(status);
  expectSame(counts);
}

/** Destroys the stack's resources and looks whether any is left in the lab. */
export async function tearDown(context: LabRunContext): Promise<void> {
  await step(context, "destroy", "remove everything", () =>
    context.stack.operate("destroy", ...withoutAsking),
  );
  await expectResources(context, "KMS7017", []);
}

/** Destroys what is not protected. */
export async function destroyUnprotected(context: LabRunContext): Promise<void> {
  await step(context, "destroy", "remove what is not protected", () =>
    context.stack.operate("destroy", "--exclude-protected", ...withoutAsking),
  );
}

async function step(
  { report, say, resources, part, allow }: LabRunContext,
  name: LabStep["name"],
  purpose: string,
  work: () => Promise<OperationCounts>,
): Promise<OperationCounts> {
  const title = part === undefined ? name : `${part}, ${name}`;
  say(`\n${title}: ${purpose}`);
  await allow?.(await neededBy(name, resources));
  const startedAt = performance.now();
  const counts = await work();
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const { length: labResources } = await resources();
  report.steps.push({ name, ...(part !== undefined && { part }), seconds, counts, labResources });
  say(`${title}: ${describeCounts(counts)} in ${seconds} s; ${labResources} resources in the lab`);
  return counts;
}

async function neededBy(
  name: LabStep["name"],
  resources: LabRunContext["resources"],
): Promise<AllowedCommand> {
  if (name === "preview") {
    return (await resources()).length === 0 ? "first preview" : "preview";
  }
  return name === "refresh" ? "refresh" : "up";
}

async function expectResources(
  { resources }: LabRunContext,
  code: string,
  expected: readonly string[],
): Promise<void> {
  const others = (await resources()).filter((id) => !expected.includes(id));
  if (others.length > 0) {
    throw new LabRunError(code, { values: { count: others.length, names: others.join(", ") } });
  }
}

function expectLicensed({ members }: FleetStatus): void {
  const others = members.filter(({ status }) => status !== "Licensed");
  if (others.length > 0) {
    const names = others.map(({ group, name, status }) => `${group}/${name} ${status}`).join(", ");
    throw new LabRunError("KMS7018", { values: { count: others.length, all: members.length, names } });
  }
}

function expectSame(counts: OperationCounts): void {
  if (hasChanges(counts)) {
    throw new LabRunError("KMS7016", { values: { counts: describeCounts(counts) } });
  }
}
