import { keyGroups, officeEditions, officeVersions, suggestKeyGroups } from "./key-groups";
import {
  findEditionById,
  type OperatingSystemEntry,
  operatingSystems,
  suggestOperatingSystems,
} from "./operating-systems";

/*
 * Names as people and Windows' own tools write them: a system with its edition in one, abbreviated, with a version that
 * the catalogue does not tell apart. They are recognised to say what is meant, and not taken for it.
 */

/** A recognised operating system, with the edition that its name has, too. */
export interface RecognisedSystem {
  os: string;
  edition?: string;
  /** Words of the given name that are part of neither. */
  rest: string;
}

/** The operating system that is meant by a name; undefined where that is not clear. */
export function recogniseSystem(given: string): RecognisedSystem | undefined {
  const words = wordsOf(given);
  const found = mostSpecific(
    operatingSystems().filter(({ family }) => family === "server" || !words.includes("server")),
    ({ name, aliases = [] }) => [name, ...aliases].map((one) => without(wordsOf(one), ["windows", "server"])),
    words,
  );
  if (found === undefined) {
    const slip = suggestOperatingSystems(given).find((name) => hasSameNumbers(given, name));
    return slip === undefined ? undefined : { os: slip, rest: "" };
  }
  // All releases of Windows Server with a year are of the long-term channel.
  const left = without(words, [
    ...wordsOf(found.name),
    ...(found.family === "server" ? ["ltsc", "ltsb"] : []),
  ]);
  if (left.some((word) => channels.has(word))) {
    return undefined;
  }
  const edition = recogniseEdition(found, left.join(" "));
  const rest = without(left, edition === undefined ? [] : wordsOf(edition));
  return { os: found.name, ...(edition !== undefined && { edition }), rest: rest.join(" ") };
}

/** Words of systems that have a name of their own for each release. */
const channels = new Set(["ltsc", "ltsb", "iot"]);

/** The edition of an operating system that is meant by a name, or by a value of the registry's EditionID. */
export function recogniseEdition(os: OperatingSystemEntry, given: string): string | undefined {
  const byId = findEditionById(os.name, given.trim());
  if (byId?.evaluation === false) {
    return byId.edition.name;
  }
  const words = wordsOf(given);
  const named = os.editions.map(({ name, aliases = [] }) => ({
    name,
    spellings: [name, ...aliases].map(wordsOf),
  }));
  const same = named.find(({ spellings }) => spellings.some((one) => isSame(one, words)));
  const within = mostSpecific(named, ({ spellings }) => spellings, words);
  const rest = without(words, within?.spellings.flat() ?? []);
  const around = named.filter(
    ({ spellings }) => words.length > 0 && spellings.some((one) => contains(one, words)),
  );
  return (
    same ??
    (rest.every(isNoEdition) ? within : undefined) ??
    (around.length === 1 ? around[0] : undefined)
  )?.name;
}

/** Words beside an edition that make no other one of it. */
const isNoEdition = (word: string) => /\d/.test(word) || noEditions.has(word);
const noEditions = new Set([
  "core",
  "desktop",
  "experience",
  "gui",
  "full",
  "evaluation",
  "eval",
  "sp",
  "build",
]);

/** The operating system of the same release whose editions include this EditionID, as those of the long-term channel do. */
export const systemOfEditionId = (
  { builds, family }: OperatingSystemEntry,
  editionId: string,
): { os: string; edition: string } | undefined =>
  operatingSystems()
    .filter((other) => other.family === family && other.builds.some((build) => builds.includes(build)))
    .map(({ name }) => ({ os: name, edition: findEditionById(name, editionId)?.edition.name ?? "" }))
    .find(({ edition }) => edition !== "");

/** The product key group of Windows that is meant by a name, for example by that of a key in the admin center. */
export function recogniseKeyGroup(given: string): string | undefined {
  const names = keyGroups()
    .filter(({ application }) => application === "windows")
    .map(({ name }) => name);
  const words = wordsOf(given);
  const numbers = numbersOf(words);
  const candidates = names
    .map((name) => ({ name, extra: without(wordsOf(name), ["volume", "license", "for", ...words]).length }))
    .filter(({ name }) => numbers.length > 0 && contains(wordsOf(name), numbers))
    .sort((left, right) => left.extra - right.extra);
  const slip = suggestKeyGroups(given).find((name) => names.includes(name) && hasSameNumbers(given, name));
  return candidates[0]?.name ?? slip;
}

/** An Office version that is meant by a name, with the product that it has, too. */
export function recogniseOffice(given: string): { version: string; product?: string } | undefined {
  const words = wordsOf(given);
  const version = officeVersions().find((name) => contains(words, numbersOf(wordsOf(name))));
  if (version === undefined) {
    return undefined;
  }
  const product = recogniseOfficeProduct(version, given);
  return { version, ...(product !== undefined && { product }) };
}

/** A product of an Office version that is meant by a name, for example by that of the Office Deployment Tool. */
export function recogniseOfficeProduct(version: string, given: string): string | undefined {
  const words = without(wordsOf(given), [...wordsOf(version), "volume"]);
  const candidates = officeEditions(version)
    .map((name) => ({ name, own: without(wordsOf(name), wordsOf(version)) }))
    .filter(({ own }) => words.length > 0 && contains(own, words))
    .sort((left, right) => left.own.length - right.own.length);
  return candidates[0]?.name;
}

/** Words that have others meaning the same. */
const synonyms = new Map([
  ["srv", "server"],
  ["win", "windows"],
  ["w", "windows"],
  ["std", "standard"],
  ["ent", "enterprise"],
  ["edu", "education"],
  ["dc", "datacenter"],
  ["datactr", "datacenter"],
  ["datacentre", "datacenter"],
  ["professional", "pro"],
  ["proplus", "pro plus"],
  ["sac", "semi annual channel"],
  ["workstation", "workstations"],
]);

/** Words that tell no name from another. */
const fillers = new Set(["microsoft", "r", "for", "edition", "version", "x64", "bit", "installation", "kms"]);

/** The words and numbers of a name, in one spelling. */
function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/IoT/g, "iot")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  const parts = spaced.match(/\d{2}h\d|r2(?![a-z\d])|\d+(?:\.\d+)?|[a-z]+(?=r2(?![a-z\d]))|[a-z]+/g) ?? [];
  return parts
    .flatMap((part) => (synonyms.get(part) ?? part).split(" "))
    .filter((part) => !fillers.has(part));
}

const numbersOf = (words: readonly string[]) => words.filter((word) => /\d/.test(word));

const contains = (all: readonly string[], part: readonly string[]) =>
  part.every((word) => all.includes(word));

const without = (words: readonly string[], others: readonly string[]) =>
  words.filter((word) => !others.includes(word));

const isSame = (one: readonly string[], other: readonly string[]) =>
  contains(one, other) && contains(other, one);

/** Of the rows with a name whose every word is given, the one with most of them. */
function mostSpecific<Row>(
  rows: readonly Row[],
  namesOf: (row: Row) => string[][],
  given: readonly string[],
): Row | undefined {
  let best: { row: Row; words: number } | undefined;
  for (const row of rows) {
    for (const name of namesOf(row)) {
      if (name.length > (best?.words ?? 0) && contains(given, name)) {
        best = { row, words: name.length };
      }
    }
  }
  return best?.row;
}

/** Whether a slip of the pen can make one name of the other: the numbers are the same, or one is no release's. */
function hasSameNumbers(given: string, name: string): boolean {
  const [own, other] = [numbersOf(wordsOf(given)), numbersOf(wordsOf(name))];
  const releases = new Set(operatingSystems().flatMap((os) => numbersOf(wordsOf(os.name))));
  return isSame(own, other) || (own.length === other.length && own.every((number) => !releases.has(number)));
}
