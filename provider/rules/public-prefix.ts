import { BlockList, isIP } from "node:net";

/** Private and shared address space. Source: IANA special-purpose address registries (RFC 1918, 6598, 3927, 4193, 4291). */
const own: [string, number, "ipv4" | "ipv6"][] = [
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
];

/** Whether an address prefix reaches beyond private address space; service tags of the virtual network do not. */
export function isPublicPrefix(prefix: string): boolean {
  const [address = "", length] = prefix.split("/");
  const version = isIP(address);
  if (version === 0) {
    return prefix === "*" || prefix.toLowerCase() === "internet";
  }
  const family = version === 4 ? "ipv4" : "ipv6";
  const bits = length === undefined ? (version === 4 ? 32 : 128) : Number(length);
  return !own.some(([network, width, kind]) => {
    const list = new BlockList();
    list.addSubnet(network, width, kind);
    return kind === family && bits >= width && list.check(address, family);
  });
}
