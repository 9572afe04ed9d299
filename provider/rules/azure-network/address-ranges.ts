import { isIP } from "node:net";

/** Consecutive addresses of one family. */
export interface AddressRange {
  family: 4 | 6;
  from: bigint;
  to: bigint;
}

/** How much of something a rule or a route covers. */
export type Coverage = "all" | "some" | "none";

/** An address, or a CIDR block. */
export interface AddressPrefix extends AddressRange {
  /** Bits that all its addresses have in common: 0 to 32 or 128. */
  length: number;
  /** Whether the address before the slash is not that of the network. */
  hasHostBits: boolean;
}

const widths = { 4: 32, 6: 128 } as const;

/** The addresses of a prefix, a single address, or a range `10.0.0.4-10.0.0.9`; undefined for anything else. */
export function addressRange(text: string): AddressRange | undefined {
  const [first = "", last] = text.split("-");
  const from = addressPrefix(first.trim());
  if (last === undefined) {
    return from;
  }
  const to = addressPrefix(last.trim());
  return from === undefined || to?.family !== from.family
    ? undefined
    : { family: from.family, from: from.from, to: to.to };
}

/** The addresses of a prefix or a single address; undefined for anything else. */
export function addressPrefix(text: string): AddressPrefix | undefined {
  const [address = "", given, ...more] = text.split("/");
  const family = address.includes("%") ? 0 : isIP(address);
  if ((family !== 4 && family !== 6) || more.length > 0) {
    return undefined;
  }
  const width = widths[family];
  const length = given === undefined ? width : /^\d{1,3}$/.test(given) ? Number(given) : width + 1;
  if (length > width) {
    return undefined;
  }
  const hostBits = BigInt(width - length);
  const number = family === 4 ? BigInt(ipv4Number(address)) : ipv6Number(address);
  const from = (number >> hostBits) << hostBits;
  return { family, from, to: from + (1n << hostBits) - 1n, length, hasHostBits: from !== number };
}

const ipv4Number = (address: string) =>
  address.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);

function ipv6Number(address: string): bigint {
  // The last 32 bits may be written as an IPv4 address.
  const plain = address.replace(/\d+\.\d+\.\d+\.\d+$/, (tail) => {
    const number = ipv4Number(tail);
    return `${(number >>> 16).toString(16)}:${(number & 65_535).toString(16)}`;
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

/** The network of a prefix as Azure writes it, for example `10.20.5.64/27`. */
export const networkOf = ({ family, from, length }: AddressPrefix): string =>
  `${family === 4 ? ipv4Text(Number(from)) : ipv6Text(from)}/${length}`;

const ipv4Text = (number: number) => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join(".");

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

/** How much of the inner addresses is among the outer ones. */
export function coverage(outer: AddressRange, inner: AddressRange): Coverage {
  if (outer.family !== inner.family || outer.to < inner.from || inner.to < outer.from) {
    return "none";
  }
  return outer.from <= inner.from && inner.to <= outer.to ? "all" : "some";
}

/** How much of all these addresses is among the outer ones, each of which is looked at by itself. */
export function coverageOfAll(outer: readonly AddressRange[], inner: readonly AddressRange[]): Coverage {
  const each = inner.map((one) => most(outer.map((other) => coverage(other, one))));
  return each.length > 0 && each.every((one) => one === each[0]) ? each[0] : least(each);
}

/** The strongest of several; `none` of none. */
export const most = (all: readonly Coverage[]): Coverage =>
  all.includes("all") ? "all" : all.includes("some") ? "some" : "none";

/** What holds where all must hold; unequal ones cover some. */
const least = (all: readonly Coverage[]): Coverage =>
  all.every((one) => one === "none") ? "none" : all.every((one) => one === "all") ? "all" : "some";

/** What holds where each of several conditions must hold. */
export const both = (...all: Coverage[]): Coverage =>
  all.includes("none") ? "none" : all.includes("some") ? "some" : "all";

/** How many addresses a range has; the smaller range is the longer prefix. */
export const rangeSize = ({ from, to }: AddressRange): bigint => to - from;

export const lastIpv4 = (1n << 32n) - 1n;

/** Private and shared address space, as far as virtual networks use it. Source: RFC 1918, 6598, 4193. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].map(
  (prefix) => addressRange(prefix)!,
);

/** Whether all of a range is private. */
export const isPrivateRange = (range: AddressRange) => isWithin(range, privateRanges);

/** Addresses that no router passes on. Source: RFC 3927, 4291. */
const linkLocalRanges = ["169.254.0.0/16", "fe80::/10"].map((prefix) => addressRange(prefix)!);

/** Whether the Internet reaches an address of a range. */
export const isPublicRange = (range: AddressRange) =>
  !isPrivateRange(range) && !isWithin(range, linkLocalRanges);

const isWithin = (range: AddressRange, ranges: readonly AddressRange[]) =>
  ranges.some((other) => coverage(other, range) === "all");
