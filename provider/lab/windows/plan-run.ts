import {
  type LicensingPlan,
  type LicensingSecrets,
  officeApplicationId,
  type Scalar,
  windowsApplicationId,
} from "../../machine/licensing-plan";
import { type CimProperties, productProperties, serviceProperties } from "./cim-properties";
import { type InstalledProduct, installedProducts, type WindowsMachine } from "./windows-machine";
import type { World } from "./world";

/** One run of the licensing script. */
export interface PlanRun {
  machine: WindowsMachine;
  plan: LicensingPlan;
  secrets: LicensingSecrets;
  world: World;
  now: number;
}

/** The product that the plan is about: of its application, with its activation ID and the ending of its key. */
export function productOf({ machine, plan }: PlanRun): InstalledProduct | undefined {
  const { applicationId, activationId, keyEnding } = plan;
  return installedProducts(machine).find(
    ({ office, license, partialProductKey }) =>
      applicationId === (office === undefined ? windowsApplicationId : officeApplicationId) &&
      (activationId === undefined || activationId === license.activationId) &&
      (keyEnding === undefined || keyEnding === partialProductKey),
  );
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
