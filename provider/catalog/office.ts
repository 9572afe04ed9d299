import { type KeyGroupEntry, findKeyGroup, keyGroups } from "./key-groups";
import { setupKeys } from "./setup-keys";

/** The key group of an Office version, by its short or full name: `LTSC 2024`, `Office LTSC 2024`. */
export const officeGroup = (version: string): KeyGroupEntry | undefined =>
  [version, `${version} Volume License Pack`, `Office ${version} Volume License Pack`, `Office ${version}`]
    .map(findKeyGroup)
    .find((entry) => entry?.application === "office");

/** Microsoft's name of the Office version; its setup keys are listed under it. */
export const officeName = ({ name }: Pick<KeyGroupEntry, "name">) => name.replace(" Volume License Pack", "");

/** The full name of an Office version; the given text for one that the catalogue lacks. */
export function officeNameOf(version: string): string {
  const group = officeGroup(version);
  return group === undefined ? version : officeName(group);
}

/** Names of all volume editions of Office in the catalogue. */
export const officeVersions = () =>
  keyGroups()
    .filter(({ application }) => application === "office")
    .map(officeName);

/** Editions and single products of an Office version that have a setup key. */
export const officeEditions = (version: string) =>
  setupKeys()
    .filter(({ product }) => product === officeNameOf(version))
    .map(({ edition }) => edition);
