import { isIP } from "node:net";
import { azureRules, isWithin } from "../../catalog/azure-rules";
import { type AzureRefusal, refusedUnless } from "./refusal";

/** An address or a CIDR block as numbers. */
export interface AddressBlock {
  version: 4 | 6;
  first: bigint;
  last: bigint;
  /** The network as Azure writes it, for example `10.20.5.64/27`. */
  network: string;
  /** Whether the given address is not that of the network. */
  hasHostBits: boolean;
}

const widths = { 4: 32, 6: 128 } as const;

/** Takes an address or a CIDR block apart; undefined for other text. */
export function addressBlock(prefix: string): AddressBlock | undefined {
  const [address = "", given, ...more] = prefix.split("/");
  const version = address.includes("%") ? 0 : isIP(address);
  if ((version !== 4 && version !== 6) || more.length > 0) {
    return undefined;
  }
  const width = widths[version];
  const length = given === undefined ? width : /^\d{1,3}$/.test(given) ? Number(given) : width + 1;
  if (length > width) {
    return undefined;
  }
  const number = version === 4 ? ipv4Number(address) : ipv6Number(address);
  const size = 1n << BigInt(width - length);
  const first = (number / size) * size;
  const network = `${version === 4 ? ipv4Text(first) : ipv6Text(first)}/${length}`;
  return { version, first, last: first + size - 1n, network, hasHostBits: first !== number };
}

const ipv4Number = (address: string) =>
  address.split(".").reduce((number, byte) => number * 256n + BigInt(byte), 0n);

const ipv4Text = (number: bigint) =>
  [24n, 16n, 8n, 0n].map((bits) => String((number >> bits) & 255n)).join(".");

function ipv6Number(address: string): bigint {
  // The last 32 bits may be written as an IPv4 address.
  const plain = address.replace(/\d+\.\d+\.\d+\.\d+$/, (tail) => {
    const number = ipv4Number(tail);
    return `${(number >> 16n).toString(16)}:${(number & 65_535n).toString(16)}`;
  });
  const [head = "", tail] = plain.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].reduce(
    (number, group) => number * 65_536n + BigInt(`0x${group}`),
    0n,
  );
}

/** The shortest text of an IPv6 address. */
function ipv6Text(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((number >> BigInt(112 - 16 * index)) & 65_535n).toString(16),
  );
  const runs = [...groups.join(":").matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.sort((one, other) => other.length - one.length)[0];
  return longest === undefined
    ? groups.join(":")
    : groups.join(":").replace(longest, "::").replace(/:{3,}/, "::");
}

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
export function overlapsOf(prefixes: readonly (string | undefined)[]): Overlap[] {
  const blocks = prefixes.flatMap((prefix, place) => {
    const block = prefix === undefined ? undefined : addressBlock(prefix);
    return block === undefined ? [] : [{ ...block, place }];
  });
  blocks.sort(
    (one, other) =>
      one.version - other.version ||
      compare(one.first, other.first) ||
      compare(other.last, one.last) ||
      one.place - other.place,
  );
  const overlaps: Overlap[] = [];
  let outer = blocks[0];
  for (const block of blocks.slice(1)) {
    if (outer === undefined || block.version !== outer.version || block.first > outer.last) {
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
export function prefixRefusal(prefix: string): AzureRefusal | undefined {
  const block = addressBlock(prefix);
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
      `${prefix} has host bits; the network is ${block?.network}`,
      prefix,
    )
  );
}

/** Why Azure refuses the sources or the destinations of one security rule. */
export function prefixListRefusal(prefixes: readonly string[]): AzureRefusal | undefined {
  const blocks = prefixes.map(addressBlock);
  const tag = prefixes.find((prefix, place) => blocks[place] === undefined && isServiceTag(prefix));
  const families = new Set(blocks.flatMap((block) => block?.version ?? []));
  const [overlap] = overlapsOf(prefixes);
  return (
    prefixes.map(prefixRefusal).find((refusal) => refusal !== undefined) ??
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
