import { KmsError } from "../errors/kms-error";
import { findOperatingSystem, operatingSystems, suggestOperatingSystems } from "./operating-systems";
import type { OperatingSystemEntry } from "./operating-systems";

/**
 * The operating system of this name or alias.
 * @throws KmsError KMS2002 when the catalogue has none
 */
export function knownOs(name: string): OperatingSystemEntry {
  const os = findOperatingSystem(name);
  if (os !== undefined) {
    return os;
  }
  const guesses = suggestOperatingSystems(name);
  const names = guesses.length > 0 ? guesses : supportedNames();
  throw new KmsError("KMS2002", { property: "os", values: { given: name, allowed: names.join("; ") } });
}

const supportedNames = () =>
  operatingSystems()
    .filter(({ documentedElsewhere }) => documentedElsewhere === undefined)
    .map(({ name }) => name);
