import { findHosting } from "../../catalog/key-groups";
import { findKeyGroup } from "../../catalog/key-groups";
import { operatingSystems } from "../../catalog/operating-systems";
import { findServing } from "../../catalog/key-groups";
import { findImpossiblePair, requiredUpdates, updateStatus } from "../../catalog/updates";
import type { MachineSystem } from "./license";
import { type SystemEdition, systemEdition } from "./system-edition";

/** Whether the key group may be hosted on this operating system and edition. */
export function mayHost(keyGroup: string, { os, edition, evaluation }: SystemEdition): boolean {
  const group = findKeyGroup(keyGroup);
  const row = group && findHosting(group, os.name);
  return (
    row !== undefined &&
    !evaluation &&
    edition.azureOnly !== true &&
    (row.editions?.includes(edition.name) ?? true)
  );
}

/** Whether the host lacks the update that makes it know the system that the key group is named for. */
export function lacksUpdateForKey(keyGroup: string, host: MachineSystem): boolean {
  const id = findKeyGroup(keyGroup)?.id;
  const namesake = operatingSystems().find((os) => os.id === id)?.name;
  return namesake !== undefined && lacksUpdate(host, namesake);
}

/** Whether a KMS host with this key group, on this system, activates that client. */
export function serves(keyGroup: string, host: MachineSystem, client: MachineSystem): boolean {
  const group = findKeyGroup(keyGroup);
  const is = systemEdition(client);
  const hostOs = systemEdition(host)?.os.name ?? "";
  return (
    group !== undefined &&
    is !== undefined &&
    findServing(group, is.os.name, is.edition.name) !== undefined &&
    findImpossiblePair(hostOs, is.os.name) === undefined &&
    !lacksUpdate(host, is.os.name)
  );
}

/** Only builds tell here: a system whose updates leave its build number alone counts as updated. */
function lacksUpdate(host: MachineSystem, clientOs: string): boolean {
  const hostOs = systemEdition(host)?.os.name ?? "";
  return requiredUpdates(hostOs, clientOs).some(
    (update) => updateStatus(update, { build: host.osBuild }) === "missing",
  );
}
