import data from "./data/product-names.json";
import { nameIndex } from "./find-by-name";

/** What a name in one of Microsoft's tables stands for. */
export interface ProductName {
  name: string;
  /** Operating system or Office suite with the editions meant. */
  products: { product: string; editions: string[] | "all" }[];
  ambiguities?: string[];
  /** End of Microsoft's support of an Office suite, ISO 8601 date. */
  endOfSupport?: string;
  endOfSupportSource?: string;
  /** The oldest operating system of each family on which Microsoft supports an Office suite; others are not judged. */
  oldestSystems?: string[];
  oldestSystemsSource?: string;
  source: string;
}

const rows = data as ProductName[];
const index = nameIndex(rows);

/** All names that Microsoft's tables print. */
export function productNames(): readonly ProductName[] {
  return rows;
}

/** What this printed name stands for. */
export function findProductName(name: string): ProductName | undefined {
  return index.find(name);
}
