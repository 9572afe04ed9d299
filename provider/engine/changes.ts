import { isDeepStrictEqual } from "node:util";
import { containsUnknown } from "./inputs";

/** How the change of an input is found that cannot be compared with a stored value of the same name. */
export interface ComparisonException<Olds, News> {
  /** Why it is not simply compared. */
  because: string;
  changed: (olds: Olds, news: News) => boolean;
}

/** How each input of a resource is compared with what is stored. */
export type Comparisons<Name extends string, Olds, News> = Readonly<
  Record<Name, "compare" | ComparisonException<Olds, News>>
>;

/** Names of the inputs that changed. One that is not known yet may have, so it counts. */
export function changedInputs<Name extends string, Olds extends object, News extends object>(
  olds: Olds,
  news: News,
  comparisons: Comparisons<Name, Olds, News>,
): Name[] {
  const valueOf = (values: object, name: Name) => (values as Record<Name, unknown>)[name] ?? undefined;
  return (Object.keys(comparisons) as Name[]).filter((name) => {
    const comparison = comparisons[name];
    return comparison === "compare"
      ? containsUnknown(valueOf(news, name)) || !isDeepStrictEqual(valueOf(olds, name), valueOf(news, name))
      : comparison.changed(olds, news);
  });
}
