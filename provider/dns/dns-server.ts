import { isIPv4, isIPv6 } from "node:net";

/** Where a DNS server listens. */
export interface DnsServer {
  /** Address or name, an IPv6 address without brackets; names are looked up as IPv4 addresses. */
  host: string;
  port: number;
}

const dnsPort = 53;

const written = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?))(?::(\d{1,5}))?$/;

/** A server as the user writes it, `10.0.0.4`, `dc1.corp.example:5353` or `[::1]:53`; undefined for anything else. */
export function parseDnsServer(text: string): DnsServer | undefined {
  const [, bracketed, plain, digits] = written.exec(text) ?? [];
  const port = digits === undefined ? dnsPort : Number(digits);
  const allowed = bracketed === undefined ? plain !== undefined && !looksNumeric(plain) : isIPv6(bracketed);
  return allowed && port >= 1 && port <= 65535 ? { host: bracketed ?? plain, port } : undefined;
}

/** Whether a name is made like an IPv4 address without being one. */
const looksNumeric = (name: string) => /^[0-9.]+$/.test(name) && !isIPv4(name);
