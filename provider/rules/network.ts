import { BlockList, isIP } from "node:net";
import { azureKmsEntries } from "../catalog/azure-kms";
import { limits } from "../catalog/limits";
import type { GroupFacts, HostFacts, NetworkFacts } from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

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

/** KMS is for the own network: no prefix may let the Internet in (R006). */
export function exposureDiagnostics({ clientPrefixes = [] }: HostFacts): Diagnostic[] {
  return clientPrefixes.flatMap((prefix, index) =>
    isPublicPrefix(prefix)
      ? [diagnostic("KMS2102", "error", `clientPrefixes[${index}]`, { given: prefix })]
      : [],
  );
}

/** A KMS host that is activated over the Internet does not reach it from a private subnet without an outbound method. */
export function hostOutboundDiagnostics({ activation = "online", network }: HostFacts): Diagnostic[] {
  return activation === "online" && network?.privateSubnet === true && (network.outbound ?? "none") === "none"
    ? [diagnostic("KMS2105", "warning", "network.outbound", {})]
    : [];
}

/**
 * KMS is neither HTTP nor HTTPS: an application rule of Azure Firewall accepts the connection and cannot carry the
 * request. Source: azure-docs #45703.
 */
export function firewallDiagnostics({ network }: { network?: NetworkFacts }): Diagnostic[] {
  const diagnostics = (network?.firewallApplicationRules ?? []).flatMap((rule, index) =>
    new RegExp(`:${limits.kmsPort}\\b`).test(rule)
      ? [diagnostic("KMS2106", "error", `network.firewallApplicationRules[${index}]`, { given: rule })]
      : [],
  );
  const rules = [...(network?.firewallApplicationRules ?? []), ...(network?.firewallNetworkRules ?? [])].join(
    " ",
  );
  const names = rules.split(/[\s,]+/);
  return [...diagnostics, ...oldNameDiagnostics(names)];
}

/** Azure's own KMS has a newer name and an older one. Source: learn.microsoft.com custom-routes-enable-kms-activation. */
function oldNameDiagnostics(names: string[]): Diagnostic[] {
  return azureKmsEntries().flatMap(({ servers: [newer, older] }) =>
    older !== undefined && names.includes(older.name) && !names.includes(newer.name)
      ? [diagnostic("KMS2107", "warning", "network", { given: older.name, allowed: newer.name })]
      : [],
  );
}

/** A host of our own making lets in its client prefixes and nobody else, so without any no member reaches it (R127). */
export function reachDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  return hostsOf(group, index).flatMap(({ host, path }) =>
    host.created === true && host.clientPrefixes?.length === 0
      ? [diagnostic("KMS2222", "error", path, { host: host.name })]
      : [],
  );
}
