import data from "./data/setup-keys.json";
import { findEdition, findEditionById } from "./operating-systems";

/** A KMS client setup key (GVLK): Microsoft publishes them, so they are no secret. */
export interface SetupKey {
  /** Operating system or Office suite. */
  product: string;
  edition: string;
  key: string;
  source: string;
}

const rows = data as SetupKey[];
const id = (product: string, edition: string) => `${product}\n${edition}`;
const byEdition = new Map(rows.map((row) => [id(row.product, row.edition), row]));

/** All setup keys; products that share a key have a row each. */
export function setupKeys(): readonly SetupKey[] {
  return rows;
}

/** The setup key of an operating system's edition, or of an Office suite's. */
export function findSetupKey(product: string, edition: string): SetupKey | undefined {
  const known = findEdition(product, edition);
  return known === undefined
    ? byEdition.get(id(product, edition))
    : byEdition.get(id(known.os.name, known.edition.name));
}

/** What a product key is the setup key of; empty when it is none. */
export function ownersOfSetupKey(productKey: string): SetupKey[] {
  const wanted = productKey.trim().toUpperCase();
  return rows.filter(({ key }) => key === wanted);
}

/** The KMS client setup key of the edition with this EditionID; none for an evaluation copy or an unknown edition. */
export function setupKeyOf(os: string, editionId: string): string | undefined {
  const found = findEditionById(os, editionId);
  return found === undefined || found.evaluation ? undefined : findSetupKey(os, found.edition.name)?.key;
}
