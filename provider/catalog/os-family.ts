import { knownOs } from "./known-os";
import type { OsFamily } from "./operating-systems";

export type { OsFamily } from "./operating-systems";

/**
 * Whether an operating system is a server or a client.
 * @throws KmsError KMS2002 for an unknown name
 */
export function osFamily(os: string): OsFamily {
  return knownOs(os).family;
}
