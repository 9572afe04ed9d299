import type {
  Condition,
  ConditionTarget,
  GuardedOperation,
  OperationResult,
  Scalar,
} from "pulumi-windows-kms/bin/provider/testing";
import { type PlanRun, productProperty, serviceProperty } from "./cim-properties";
import { describeRule } from "./firewall";
import { hresults, LicensingFailure } from "./hresults";
import type { WindowsMachine } from "./windows-machine";

/*
 * What the conditions of a licensing plan are about, as the script reads it on the machine.
 */

/** What a command that may not look says: the same of each here, while Windows has a text for each command. */
export const accessDenied = () =>
  new LicensingFailure(hresults.accessDenied, "UnauthorizedAccess,Lab: Access is denied.");

/** Whether an operation is skipped, by what the machine is at this moment and what was done before. */
export function isSkipped(
  run: PlanRun,
  { unless = [], orUnless = [], onlyAfter = [] }: GuardedOperation,
  before: OperationResult[],
): boolean {
  const needed = [onlyAfter].flat();
  if (needed.length > 0 && !before.some(({ id, result }) => needed.includes(id) && result === "done")) {
    return true;
  }
  return [unless, orUnless].some(
    (conditions) => conditions.length > 0 && conditions.every((condition) => holds(run, condition)),
  );
}

const keyEndingCharacters = 5;

export function holds(run: PlanRun, { on, property, is, isNot, isEndOf }: Condition): boolean {
  const observed = comparable(observe(run, on, property));
  const isOneOf = (values: Condition["is"]) =>
    [values].flat().some((value) => comparable(value) === observed);
  if (isEndOf !== undefined) {
    return isOneOf(selectedValue(run, isEndOf).slice(-keyEndingCharacters));
  }
  return isNot === undefined ? isOneOf(is) : !isOneOf(isNot);
}

/** A missing property, null and "" are the same; text has no case. */
const comparable = (value: Scalar | null | undefined) => String(value ?? "").toLowerCase();

/** @throws LicensingFailure where this part of the machine's state cannot be read */
export function requireReadable({ spec, conditions }: WindowsMachine, target: string): void {
  // Client Windows has no features of servers, and no command that could be denied.
  const isAsked = target !== "feature" || spec.serverFeatures;
  if (isAsked && conditions.unreadable.includes(target)) {
    throw accessDenied();
  }
}

/** @throws LicensingFailure where this machine's state cannot be read */
export function observe(run: PlanRun, on: ConditionTarget, property: string): Scalar | null {
  requireReadable(run.machine, on);
  switch (on) {
    case "service":
      return serviceProperty(run, property);
    case "product":
      return productProperty(run, property);
    case "feature":
      return featureState(run.machine, property);
    case "firewall":
      return describeRule(run.machine.firewall, property);
    case "registry":
      return registryList(run.machine, property);
    case "windowsService":
      return run.machine.restartPending === property ? "outdated" : "current";
    case "machine":
      return machineFact(run.machine, property);
    case "selection":
      return selectedValue(run, property);
  }
}

const buildOf = ({ spec }: WindowsMachine) => spec.osBuild.split(".")[0];

/** As the script has it, any other name is that of the product type. */
function machineFact(machine: WindowsMachine, name: string): string {
  if (name === "build") {
    return buildOf(machine);
  }
  return name === "editionId" ? machine.spec.editionId : String(machine.spec.productType);
}

/** The value of the first row with the machine's build and edition; "" where none fits. */
export function selectedValue({ machine, plan }: PlanRun, selection: string): string {
  const build = Number(buildOf(machine));
  const editionId = machine.spec.editionId.toLowerCase();
  const row = plan.selections?.[selection]?.find(
    ({ builds, editionIds }) =>
      builds.includes(build) && editionIds.some((other) => other.toLowerCase() === editionId),
  );
  return row?.value ?? "";
}

/** A list of strings as the script reads it; null for a missing one. */
const registryList = ({ registryLists }: WindowsMachine, name: string) =>
  registryLists.get(name)?.join(";") ?? null;

/** Windows features that the lab's servers have, with the tools of volume activation. Source: learn.microsoft.com kms-create-host. */
const serverFeatures = new Set(["VolumeActivation"]);

/** State of a feature as the licensing script gives it. */
export function featureState(machine: WindowsMachine, name: string): string {
  if (!machine.spec.serverFeatures || !serverFeatures.has(name)) {
    return "unsupported";
  }
  return machine.installedFeatures.has(name) ? "Installed" : "Available";
}
