import type { AzureCloud } from "./azure-kms";
import data from "./data/azure-regions.json";
import { nearest } from "./find-by-name";

/** One text for one region: Azure writes `westeurope` or `West Europe`. */
export const plainRegion = (location: string) => location.toLowerCase().replace(/\s/g, "");

const regions = data.flatMap(({ names }) => names.map((name) => plainRegion(name)));

/** Whether a text is the name of a region that is listed. */
export const isKnownRegion = (location: string): boolean => regions.includes(plainRegion(location));

/** The cloud that a region is in; undefined for one that is not listed. */
export const cloudOfRegion = (location: string): AzureCloud | undefined =>
  data.find(({ names }) => names.some((name) => plainRegion(name) === plainRegion(location)))?.cloud as
    AzureCloud | undefined;

/**
 * The region that a text may be meant for; undefined where none is near. Other clouds, and people, turn the words round and
 * number regions that Azure does not number: `europe-west`, `us-east-1`.
 */
export function regionMeantBy(location: string): string | undefined {
  const text = location
    .toLowerCase()
    .replace(/(north|south|east|west)ern/g, "$1")
    .replace(/[^a-z0-9]/g, "");
  const letters = (one: string) => [...one].sort().join("");
  const isSame = (region: string) => [text, text.replace(/1$/, "")].map(letters).includes(letters(region));
  return (
    regions.find(isSame) ??
    nearest(text, regions, likeEachOther).at(0) ??
    (text === "" ? undefined : regions.find((region) => region.startsWith(text)))
  );
}

/** Names of regions have their words in common, so that few letters may differ. */
const likeEachOther = 1 / 5;
