import { findEdition } from "../catalog/editions";
import { findImage } from "../catalog/images";
import { KmsError } from "../errors/kms-error";
import { type Verdict, errorVerdict } from "./verdict";

/** A machine that is to be created needs an image of the Azure Marketplace. */
export function imageVerdicts(machine: { os?: string; edition?: string; core?: boolean }): Verdict[] {
  const { os, edition, core } = machine;
  if (os === undefined || edition === undefined || findEdition(os, edition) === undefined) {
    return [];
  }
  try {
    findImage(os, { edition, core });
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [errorVerdict(error)];
    }
    throw error;
  }
}
