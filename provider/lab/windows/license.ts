import {
  type Edition,
  findEditionById,
  findHosting,
  findImpossiblePair,
  findKeyGroup,
  findServing,
  type OperatingSystemEntry,
  operatingSystems,
  requiredUpdates,
  updateStatus,
} from "pulumi-windows-kms/bin/provider/testing";

/** SoftwareLicensingProduct.ProductKeyChannel of the product keys that the lab knows. */
export type KeyChannel = "Volume:CSVLK" | "Volume:GVLK" | "Volume:MAK" | "Retail" | "Retail:TB:Eval";

/** What a product key makes of a machine. */
export interface License {
  /** SoftwareLicensingProduct.ID. */
  activationId: string;
  name: string;
  description: string;
  channel: KeyChannel;
  /** Product key group of a KMS host key; "" for other keys. */
  keyGroup: string;
}

/** What decides which product keys a machine takes. */
export interface MachineSystem {
  /** `CurrentBuild.UBR`, for example `20348.2322`. */
  osBuild: string;
  /** Registry EditionID, for example `ServerDatacenter`. */
  editionId: string;
  /** 1 client, 2 domain controller, 3 server. */
  productType: 1 | 2 | 3;
}

/** An operating system and edition of the catalogue that a machine is. */
export interface SystemEdition {
  os: OperatingSystemEntry;
  edition: Edition;
  evaluation: boolean;
}

/**
 * What a machine is, by its build, its kind and its EditionID; undefined for a system that the catalogue lacks.
 * Operating systems that share a build have different editions. A multi-session edition reports itself as a server.
 */
export function systemEdition(system: MachineSystem): SystemEdition | undefined {
  const build = Number.parseInt(system.osBuild, 10);
  const family = system.productType === 1 ? "client" : "server";
  for (const os of operatingSystems()) {
    const found = findEditionById(os.name, system.editionId);
    const isOfFamily = os.family === family || (found?.edition.multiSession === true && family === "server");
    if (isOfFamily && os.builds.includes(build) && found !== undefined) {
      return { os, ...found };
    }
  }
  return undefined;
}

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
    is.edition.multiSession !== true &&
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
