import { azureRules, isWithin } from "../../catalog/azure-rules";
import { type AddressPrefix, addressPrefix, networkOf } from "../azure-network/address-ranges";
import { type AzureRefusal, refusedUnless } from "./refusal";

/** Whether a text is the name of a service tag, or `*`. */
const isServiceTag = (prefix: string) => prefix === "*" || /^[A-Za-z][A-Za-z0-9_.]*$/.test(prefix);

/** Prefixes that lie within another one of the list, by their places. */
export interface Overlap {
  /** Place of the widest of them. */
  outer: number;
  /** Places of those that it contains, equal ones included. */
  inner: number[];
}

/** The overlaps of a list. Blocks are never partly in one another, so that one pass over them in order finds all. */
export function overlapsOf(prefixes: readonly (AddressPrefix | undefined)[]): Overlap[] {
  const blocks = prefixes.flatMap((block, place) => (block === undefined ? [] : [{ ...block, place }]));
  blocks.sort(
    (one, other) =>
      one.family - other.family ||
      compare(one.from, other.from) ||
      compare(other.to, one.to) ||
      one.place - other.place,
  );
  const overlaps: Overlap[] = [];
  let outer = blocks[0];
  for (const block of blocks.slice(1)) {
    if (outer === undefined || block.family !== outer.family || block.from > outer.to) {
      outer = block;
      continue;
    }
    const known = overlaps.at(-1);
    if (known?.outer === outer.place) {
      known.inner.push(block.place);
    } else {
      overlaps.push({ outer: outer.place, inner: [block.place] });
    }
  }
  return overlaps.map(({ outer: place, inner }) => ({ outer: place, inner: inner.sort((a, b) => a - b) }));
}

const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0);

/** Why Azure refuses one prefix of a security rule. */
function prefixRefusal(prefix: string, block: AddressPrefix | undefined): AzureRefusal | undefined {
  return (
    refusedUnless(
      block !== undefined || isServiceTag(prefix),
      "prefixForm",
      `${prefix} is neither an address prefix nor a service tag`,
      prefix,
    ) ??
    refusedUnless(
      block?.hasHostBits !== true,
      "prefixHostBits",
      `${prefix} has host bits; the network is ${block && networkOf(block)}`,
      prefix,
    )
  );
}

/** Why Azure refuses the sources or the destinations of one security rule. */
export function prefixListRefusal(prefixes: readonly string[]): AzureRefusal | undefined {
  const blocks = prefixes.map(addressPrefix);
  const tag = prefixes.find((prefix, place) => blocks[place] === undefined && isServiceTag(prefix));
  const families = new Set(blocks.flatMap((block) => block?.family ?? []));
  const [overlap] = overlapsOf(blocks);
  return (
    prefixes
      .map((prefix, place) => prefixRefusal(prefix, blocks[place]))
      .find((refusal) => refusal !== undefined) ??
    refusedUnless(prefixes.length < 2 || tag === undefined, "prefixTag", `${tag} stands in a list`) ??
    refusedUnless(families.size < 2, "prefixFamily", "both families are in one list") ??
    refusedUnless(
      overlap === undefined,
      "prefixOverlap",
      `${prefixes[overlap?.inner[0] ?? 0]} lies inside ${prefixes[overlap?.outer ?? 0]}`,
    )
  );
}

/** Why the rules of a network security group have too many prefixes on one side. */
export const prefixCountRefusal = (count: number): AzureRefusal | undefined =>
  refusedUnless(
    isWithin("prefixCount", count),
    "prefixCount",
    `there are ${count} prefixes, and at most ${azureRules.prefixCount.maximum} are allowed`,
  );

/** Why Azure refuses the priority of a security rule. */
export const priorityRefusal = (priority: number): AzureRefusal | undefined =>
  refusedUnless(
    isWithin("securityRulePriority", priority),
    "securityRulePriority",
    `it is ${priority}`,
    String(priority),
  );

/** Why Azure refuses the ports of a security rule. */
export function portRangeRefusal(text: string): AzureRefusal | undefined {
  const [first = "", last = first, ...more] = text.split("-");
  const isPort = (port: string) => /^\d{1,5}$/.test(port) && isWithin("portRange", Number(port));
  const right =
    text === "*" || (more.length === 0 && isPort(first) && isPort(last) && Number(first) <= Number(last));
  return refusedUnless(right, "portRange", `${text} is not a port range`, text);
}
