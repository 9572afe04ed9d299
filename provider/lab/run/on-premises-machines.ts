import { findEdition } from "../../catalog/operating-systems";
import { KmsError } from "../../errors/kms-error";
import type { OnPremisesSpec } from "../arm/lab-control";
import type { LabMachines } from "./lab-example";

/** Stands for a build that has every update. */
const lastRevision = 9999;

/** The machines that a row of lab.json boots. @throws KmsError KMS7032 for a system that the lab cannot install */
export function onPremisesMachines({ names, os, edition, domain }: LabMachines): OnPremisesSpec[] {
  const refusal = (reason: string) =>
    new KmsError("KMS7032", { values: { given: `${os} ${edition}`, names: names.join(", "), reason } });
  const found = findEdition(os, edition);
  if (found === undefined) {
    throw refusal("the catalogue has no such operating system and edition");
  }
  const build = found.os.builds.at(-1);
  const editionId = found.edition.editionIds[0];
  if (build === undefined || editionId === undefined || found.edition.azureOnly === true) {
    throw refusal("it is none that is installed outside Azure");
  }
  return names.map((name) => ({
    name,
    osBuild: `${build}.${lastRevision}`,
    editionId,
    productType: found.os.family === "client" ? 1 : 3,
    ...(domain !== undefined && { domain }),
  }));
}
