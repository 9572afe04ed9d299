import { limits } from "../../catalog/limits";
import type { KmsAnswer, KmsRequest } from "./kms-host-service";

/**
 * Azure's own KMS has counted enough machines for everybody: the first that asks is activated.
 * Source: learn.microsoft.com activation-error-0xc004f038.
 */
export const answerAsAzure = ({ requiredCount }: KmsRequest): KmsAnswer => ({
  count: requiredCount,
  activationMinutes: limits.activationIntervalMinutes,
  renewalMinutes: limits.renewalIntervalMinutes,
});
