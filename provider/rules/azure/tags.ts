import { azureRules, isWithin, listedCharacter } from "../../catalog/azure-rules";
import { type AzureRefusal, hasControlCharacter, refusedUnless } from "./refusal";
import { counted } from "../diagnostic";

/** Why Azure refuses one of a resource's tags. */
export interface TagRefusal extends AzureRefusal {
  /** Name of the tag. */
  name: string;
}

/** Why Azure refuses the tags of a resource, the number of tags aside. */
export function tagRefusals(tags: Readonly<Record<string, string | undefined>>): TagRefusal[] {
  const seen = new Map<string, string>();
  return Object.entries(tags).flatMap(([name, value]) => {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), other ?? name);
    const refusal = tagNameRefusal(name) ?? tagCaseRefusal(other) ?? tagValueRefusal(value ?? "");
    return refusal === undefined ? [] : [{ ...refusal, name }];
  });
}

function tagNameRefusal(name: string): AzureRefusal | undefined {
  const { minimum, maximum } = azureRules.tagNameLength;
  const character = listedCharacter("tagNameCharacters", name);
  return (
    refusedUnless(
      isWithin("tagNameLength", name),
      "tagNameLength",
      `its name has ${counted([...name].length, "character")}, and ${minimum} to ${maximum} are allowed`,
    ) ??
    refusedUnless(
      character === undefined && !hasControlCharacter(name),
      "tagNameCharacters",
      `its name has ${character === undefined ? "a control character" : `the character ${character}`}`,
    )
  );
}

const tagCaseRefusal = (other: string | undefined) =>
  refusedUnless(other === undefined, "tagNameCase", `only capitals distinguish it from the tag "${other}"`);

function tagValueRefusal(value: string): AzureRefusal | undefined {
  const length = [...value].length;
  return refusedUnless(
    isWithin("tagValueLength", value),
    "tagValueLength",
    `its value has ${length} characters, and at most ${azureRules.tagValueLength.maximum} are allowed`,
  );
}

/** Why a resource has too many tags. */
export const tagCountRefusal = (count: number): AzureRefusal | undefined =>
  refusedUnless(
    isWithin("tagCount", count),
    "tagCount",
    `there are ${count} tags, and at most ${azureRules.tagCount.maximum} are allowed`,
  );

/** Whether a tag's name begins with a word that Azure reserves. */
export const isReservedTagName = (name: string): boolean =>
  (azureRules.tagNameReserved.values ?? []).some((word) => name.toLowerCase().startsWith(word));
