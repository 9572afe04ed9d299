import { BlockList, isIP } from "node:net";

/** Whether an address prefix, or a service tag, lies within one of the allowed ones. */
export function isWithin(prefix: string, allowed: string[]): boolean {
  return allowed.some((one) => one.toLowerCase() === prefix.toLowerCase() || covers(one, prefix));
}

function covers(outer: string, inner: string): boolean {
  const wide = parsed(outer);
  const narrow = parsed(inner);
  if (wide === undefined || narrow?.family !== wide.family || narrow.bits < wide.bits) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(wide.address, wide.bits, wide.family);
  return list.check(narrow.address, narrow.family);
}

/** Undefined for a service tag, and for a range with a hyphen: neither is compared by address. */
function parsed(prefix: string) {
  const [address = "", length] = prefix.split("/");
  const version = isIP(address);
  if (version === 0) {
    return undefined;
  }
  const most = version === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return Number.isInteger(bits) && bits >= 0 && bits <= most
    ? { address, bits, family: version === 4 ? ("ipv4" as const) : ("ipv6" as const) }
    : undefined;
}
