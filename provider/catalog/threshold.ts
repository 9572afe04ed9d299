import { limits } from "./limits";
import { osFamily } from "./os-family";

/**
 * The count from which machines of this operating system are activated.
 * @throws KmsError KMS2002 for an unknown name
 */
export function thresholdOf(os: string): number {
  return osFamily(os) === "server" ? limits.serverThreshold : limits.clientThreshold;
}
