import { type LicensingPlan, officeApplicationId, windowsApplicationId } from "../machine/licensing-plan";
import type { ClientWish } from "./client-wish";

/** Which license of a KMS host a plan is about: that of Windows, or with an activation ID that of one Office version. */
export const hostLicense = (activationId?: string): Pick<LicensingPlan, "applicationId" | "activationId"> =>
  activationId === undefined
    ? { applicationId: windowsApplicationId }
    : { applicationId: officeApplicationId, activationId };

/** What tells which license of a KMS client is meant. */
export type ClientLicense = Pick<ClientWish, "office" | "setupKey">;

/**
 * Which license of a KMS client a plan is about. A machine has one license of Windows in use, but one for each product
 * of Office, so that Office's is told by its key.
 */
export const clientLicense = ({
  office,
  setupKey,
}: ClientLicense): Pick<LicensingPlan, "applicationId" | "keyEnding"> =>
  office === true
    ? { applicationId: officeApplicationId, keyEnding: setupKey.slice(-5) }
    : { applicationId: windowsApplicationId };

/**
 * Where a client keeps which KMS host it asks: Windows in the service, for all applications; Office in its own product,
 * so that Windows on the same machine is not told another host.
 */
export const discoveryTarget = ({ office }: Pick<ClientWish, "office">) =>
  office === true ? "product" : "service";
