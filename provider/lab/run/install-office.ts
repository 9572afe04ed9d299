import { officeEditions, officeGroup, officeVersions } from "../../catalog/key-groups";
import { KmsError } from "../../errors/kms-error";
import type { LabControl } from "../arm/lab-control";
import type { LabMachines } from "./lab-example";

type OfficeInstaller = Pick<LabControl, "installOffice" | "installLicensePack">;

/** Installs what a row of lab.json has of Office on one of its machines. @throws KmsError KMS7085 for an unknown one */
export async function installOffice(
  control: OfficeInstaller,
  machine: string,
  { licensePacks = [], office }: LabMachines,
): Promise<void> {
  for (const version of licensePacks) {
    refuseUnknown(machine, "licensePacks", version, officeVersions());
    await control.installLicensePack(machine, version);
  }
  if (office !== undefined) {
    const { version, edition } = office;
    refuseUnknown(machine, "office.version", version, officeVersions());
    refuseUnknown(machine, "office.edition", edition, officeEditions(version));
    await control.installOffice(machine, version, edition);
  }
}

function refuseUnknown(machine: string, property: string, given: string, allowed: readonly string[]): void {
  const known = property === "office.edition" ? allowed.includes(given) : officeGroup(given) !== undefined;
  if (!known) {
    throw new KmsError("KMS7085", { property, values: { given, machine, allowed: allowed.join(", ") } });
  }
}
