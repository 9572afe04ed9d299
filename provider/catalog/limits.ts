import data from "./data/limits.json";

/** A number that Microsoft's rules set. */
export interface Limit {
  value: number;
  unit: string;
  /** Smallest value that Windows takes, where the number can be changed. */
  minimum?: number;
  /** Largest value that Windows takes, where the number can be changed. */
  maximum?: number;
  meaning: string;
  requirements?: string[];
  ambiguities?: string[];
  /** Page that gives the number; absent where `basis` says where it comes from. */
  source?: string;
  /** A number that no page gives: computed from others, or chosen by this package. */
  basis?: "computed" | "chosen";
}

/** Name of a limit. */
export type LimitName = keyof typeof data;

/** All limits with unit, range and source. */
export const limitEntries = data as Readonly<Record<LimitName, Limit>>;

/** The numbers alone; where a number can be changed, its default. */
export const limits = Object.fromEntries(
  Object.entries(limitEntries).map(([name, { value }]) => [name, value]),
) as Readonly<Record<LimitName, number>>;
