import { findOperatingSystem } from "../catalog/operating-systems";

/** Edition of a KMS host that names none. */
export function defaultEdition(os: string | undefined): string {
  return os !== undefined && findOperatingSystem(os)?.family === "client" ? "Enterprise" : "Datacenter";
}
