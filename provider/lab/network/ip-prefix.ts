/** An IPv4 range as its first and last address. */
export interface IpRange {
  first: number;
  last: number;
}

/** The number of an IPv4 address; undefined for other text. */
export function ipNumber(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const bytes = match?.slice(1).map(Number);
  return bytes === undefined || bytes.some((byte) => byte > 255)
    ? undefined
    : bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** The text of an IPv4 address. */
export const ipText = (number: number) =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");

/** The range of a prefix (`10.0.0.0/8`), a single address, or `first-last`; undefined for other text. */
export function ipRange(text: string): IpRange | undefined {
  const bounds = text.split("-");
  if (bounds.length === 2) {
    const [first, last] = bounds.map((bound) => ipNumber(bound.trim()));
    return first === undefined || last === undefined || first > last ? undefined : { first, last };
  }
  const [address, length = "32", ...more] = text.split("/");
  const first = ipNumber(address ?? "");
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : 33;
  if (first === undefined || bits > 32 || more.length > 0) {
    return undefined;
  }
  const size = 2 ** (32 - bits);
  const start = Math.floor(first / size) * size;
  return { first: start, last: start + size - 1 };
}

/** Whether a range has the address. */
export const inRange = ({ first, last }: IpRange, address: number) => first <= address && address <= last;

/** Whether the second range lies within the first. */
export const covers = (outer: IpRange, inner: IpRange) =>
  outer.first <= inner.first && inner.last <= outer.last;

/** Whether two ranges share an address. */
export const overlaps = (one: IpRange, other: IpRange) => one.first <= other.last && other.first <= one.last;
