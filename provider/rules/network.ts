import { azureKmsEntries } from "../catalog/azure-kms";
import { ActivationMode, FirewallProfile, OutboundAccess } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { addressPrefix, isPublicRange } from "./azure-network/address-ranges";
import { isHostInDomain } from "./declared-machines";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import {
  type GroupFacts,
  type HostFacts,
  isAbsent,
  isAzureHost,
  isCreated,
  isGiven,
  isPartlyUnknown,
  isReadOnly,
  isSecret,
  isUnknown,
} from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";

/** Whether an address prefix reaches beyond private address space; service tags of the virtual network do not. */
export function isPublicPrefix(prefix: string): boolean {
  const block = addressPrefix(prefix);
  return block === undefined ? prefix === "*" || prefix.toLowerCase() === "internet" : isPublicRange(block);
}

/** KMS is for the own network: no prefix may let the Internet in. */
export const exposureDiagnostics = (host: HostFacts): Diagnostic[] =>
  (host.args.clientPrefixes ?? []).flatMap((given, index) =>
    given !== undefined && isPublicPrefix(given)
      ? [
          diagnostic("KMS2102", "error", `clientPrefixes[${index}]`, {
            given: isSecret(host, `clientPrefixes[${index}]`) ? "this prefix" : given,
            where: "",
          }),
        ]
      : [],
  );

/** The package owns the network security group of a machine that it creates, and changes no other. */
export const clientPrefixesDiagnostics = (host: HostFacts): Diagnostic[] =>
  isGiven(host, "clientPrefixes") && isAbsent(host, "machine.create")
    ? [diagnostic("KMS2114", "error", "clientPrefixes", { port: host.args.port ?? limits.kmsPort })]
    : [];

/** A created host lets in its client prefixes and nothing else, so without any no member reaches it. */
export const reachDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  hostsOf(group, index).flatMap(({ host, path }) =>
    isCreated(host) && (host.args.clientPrefixes ?? []).length === 0 && !isUnknown(host, "clientPrefixes")
      ? [diagnostic("KMS2222", "error", path, { host: host.name })]
      : [],
  );

/**
 * A KMS host that is activated over the Internet does not reach it from a private subnet without an outbound method.
 */
export function hostOutboundDiagnostics(host: HostFacts): Diagnostic[] {
  const { activation = ActivationMode.Online } = host.args;
  const online = activation === ActivationMode.Online && !isUnknown(host, "activation");
  return online && isPrivate(host) && !isReadOnly(host)
    ? [diagnostic("KMS2105", "error", "assume.network.outbound", { cause: "the subnet is private" })]
    : [];
}

/**
 * Windows gives the network of a machine outside a domain the profile Public, in Azure always. Where the port is not open for
 * it, the host would be activated and nobody could reach it.
 */
export function firewallProfilesDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const profiles = (host.args.firewallProfiles ?? []).filter((profile) => profile !== undefined);
  const isKnown = profiles.length > 0 && profiles.length === host.args.firewallProfiles?.length;
  if (!isKnown || isReadOnly(host)) {
    return [];
  }
  const needed: FirewallProfile[] = isAzureHost(host)
    ? [FirewallProfile.Public]
    : [FirewallProfile.Public, FirewallProfile.Private];
  return isHostInDomain(host, index) === false && !profiles.some((one) => needed.includes(one))
    ? [diagnostic("KMS2115", "error", "firewallProfiles", { given: listed(profiles) })]
    : [];
}

/** Whether a subnet is declared to be private, and no outbound method for it. */
export const isPrivate = (facts: HostFacts | GroupFacts) =>
  facts.args.assume?.network?.privateSubnet === true && hasNoOutbound(facts);

/** Whether no outbound method is declared. */
export const hasNoOutbound = (facts: HostFacts | GroupFacts) =>
  !isUnknown(facts, "assume.network.outbound") &&
  (facts.args.assume?.network?.outbound ?? OutboundAccess.None) === OutboundAccess.None;

/**
 * KMS is neither HTTP nor HTTPS: an application rule of Azure Firewall accepts the connection and cannot carry the
 * request. Source: azure-docs #45703.
 */
export function firewallDiagnostics(facts: HostFacts | GroupFacts): Diagnostic[] {
  const { firewallApplicationRules = [], firewallNetworkRules = [] } = facts.args.assume?.network ?? {};
  const diagnostics = firewallApplicationRules.flatMap((given, index) =>
    given !== undefined && new RegExp(`:${limits.kmsPort}\\b`).test(given)
      ? [
          diagnostic("KMS2106", "error", `assume.network.firewallApplicationRules[${index}]`, {
            rule: `the application rule "${given}"`,
          }),
        ]
      : [],
  );
  const names = [...firewallApplicationRules, ...firewallNetworkRules].join(" ").split(/[\s,]+/);
  const known = ["firewallApplicationRules", "firewallNetworkRules"].every(
    (list) => !isPartlyUnknown(facts, `assume.network.${list}`),
  );
  return [...diagnostics, ...(known ? oldNameDiagnostics(names) : [])];
}

/**
 * Azure's own KMS has a newer name and an older one. Source: learn.microsoft.com custom-routes-enable-kms-activation.
 */
const oldNameDiagnostics = (names: string[]): Diagnostic[] =>
  azureKmsEntries().flatMap(({ servers: [newer, older] }) =>
    older !== undefined && names.includes(older.name) && !names.includes(newer.name)
      ? [
          diagnostic("KMS2107", "warning", "assume.network", {
            where: "the firewall rules",
            given: older.name,
            allowed: newer.name,
          }),
        ]
      : [],
  );
