import avmaData from "./data/avma-keys.json";
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
const avmaKeys = avmaData as SetupKey[];
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

/**
 * What a product key of Automatic Virtual Machine Activation is for; undefined where it is none. Such keys are published too,
 * and people take them for setup keys.
 */
export function findAvmaKey(productKey: string): SetupKey | undefined {
  const wanted = productKey.trim().toUpperCase();
  return avmaKeys.find(({ key }) => key === wanted);
}

/** Whether there is a key of Automatic Virtual Machine Activation for an operating system, and for its edition where that is known. */
export const hasAvmaKey = (product: string, edition?: string): boolean =>
  avmaKeys.some((row) => row.product === product && (edition === undefined || row.edition === edition));

/** The KMS client setup key of the edition with this EditionID; none for an evaluation copy or an unknown edition. */
export function setupKeyOf(os: string, editionId: string): string | undefined {
  const found = findEditionById(os, editionId);
  return found === undefined || found.evaluation ? undefined : findSetupKey(os, found.edition.name)?.key;
}
