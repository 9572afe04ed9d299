import { findEditionById } from "../catalog/editions";
import { findSetupKey } from "../catalog/setup-keys";

/** The KMS client setup key of the edition with this EditionID; none for an evaluation copy or an unknown edition. */
export function setupKeyOf(os: string, editionId: string): string | undefined {
  const found = findEditionById(os, editionId);
  return found === undefined || found.evaluation ? undefined : findSetupKey(os, found.edition.name)?.key;
}
