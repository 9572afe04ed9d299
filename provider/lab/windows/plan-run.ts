import {
  type LicensingPlan,
  type LicensingSecrets,
  type Scalar,
  windowsApplicationId,
} from "../../machine/licensing-plan";
import { type CimProperties, productProperties, serviceProperties } from "./cim-properties";
import type { InstalledProduct, WindowsMachine } from "./windows-machine";
import type { World } from "./world";

/** One run of the licensing script. */
export interface PlanRun {
  machine: WindowsMachine;
  plan: LicensingPlan;
  secrets: LicensingSecrets;
  world: World;
  now: number;
}

/** The product that the plan is about. The lab's machines have Windows alone: no other application has a product. */
export function productOf({ machine, plan }: PlanRun): InstalledProduct | undefined {
  const { product } = machine;
  const isMeant =
    plan.applicationId === windowsApplicationId &&
    (plan.activationId === undefined || plan.activationId === product?.license.activationId);
  return isMeant ? product : undefined;
}

/** A property of SoftwareLicensingService; null when it is missing. */
export const serviceProperty = ({ machine, now }: PlanRun, name: string) =>
  own(serviceProperties(machine, now), name);

/** A property of the plan's product; null when it or the product is missing. */
export function productProperty(run: PlanRun, name: string): Scalar | null {
  const product = productOf(run);
  return product === undefined ? null : own(productProperties(run.machine, product, run.now), name);
}

const own = (properties: CimProperties, name: string): Scalar | null =>
  Object.hasOwn(properties, name) ? properties[name]! : null;
