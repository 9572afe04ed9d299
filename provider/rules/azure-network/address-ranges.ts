import { isIP } from "node:net";

/** Consecutive addresses of one family. */
export interface AddressRange {
  family: 4 | 6;
  from: bigint;
  to: bigint;
}

/** How much of something a rule or a route covers. */
export type Coverage = "all" | "some" | "none";

/** The addresses of a prefix, a single address, or a range `10.0.0.4-10.0.0.9`; undefined for anything else. */
export function addressRange(text: string): AddressRange | undefined {
  const [first = "", last] = text.split("-");
  if (last !== undefined) {
    const [from, to] = [prefixRange(first.trim()), prefixRange(last.trim())];
    return from === undefined || to?.family !== from.family
      ? undefined
      : { family: from.family, from: from.from, to: to.to };
  }
  return prefixRange(text.trim());
}

function prefixRange(text: string): AddressRange | undefined {
  const [address = "", length] = text.split("/");
  const version = isIP(address);
  if (version === 0) {
    return undefined;
  }
  const family = version === 4 ? 4 : 6;
  const width = family === 4 ? 32 : 128;
  const bits = length === undefined ? width : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > width) {
    return undefined;
  }
  const size = 1n << BigInt(width - bits);
  const from = (addressNumber(address, family) / size) * size;
  return { family, from, to: from + size - 1n };
}

function addressNumber(address: string, family: 4 | 6): bigint {
  if (family === 4) {
    return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  }
  // An address in dotted notation at its end stands for the last two groups.
  const mapped = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...parts: string[]) => {
    const [a, b, c, d] = parts.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = "", tail] = mapped.replace(/%.*$/, "").split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
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
export const isPrivateRange = (range: AddressRange) => coverageOfAll(privateRanges, [range]) === "all";
