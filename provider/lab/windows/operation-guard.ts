import type { Condition, GuardedOperation, OperationResult, Scalar } from "../../machine/licensing-plan";
import { featureState } from "./features";
import { describeRule } from "./firewall";
import { type PlanRun, productProperty, serviceProperty } from "./plan-run";

/** Whether an operation is skipped, by what the machine is at this moment and what was done before. */
export function isSkipped(
  run: PlanRun,
  { unless = [], onlyAfter }: GuardedOperation,
  before: OperationResult[],
): boolean {
  if (onlyAfter !== undefined && !before.some(({ id, result }) => id === onlyAfter && result === "done")) {
    return true;
  }
  return unless.length > 0 && unless.every((condition) => holds(run, condition));
}

function holds(run: PlanRun, { on, property, is }: Condition): boolean {
  const observed = comparable(observe(run, on, property));
  return [is].flat().some((value) => comparable(value) === observed);
}

/** A missing property, null and "" are the same; text has no case. */
const comparable = (value: Scalar | null) => String(value ?? "").toLowerCase();

function observe(run: PlanRun, on: Condition["on"], property: string): Scalar | null {
  switch (on) {
    case "service":
      return serviceProperty(run, property);
    case "product":
      return productProperty(run, property);
    case "feature":
      return featureState(run.machine, property);
    case "firewall":
      return describeRule(run.machine.firewall, property);
  }
}
