import { assignHosts } from "../activation/assign-hosts";
import type { MemberState } from "../activation/client-outcome";
import type { ClientWish } from "../activation/client-wish";
import type { SshAddress } from "../machine/ssh-address";
import type { ClientActivationInputs, ClientActivationOutputs } from "./client-activation";
import { memberKey } from "./group-member";

/** A KMS host as members are told it. */
export interface HostAddress {
  name: string;
  port: number;
}

/** Settings of a group that decide what its members shall be. */
export type WishSettings = Pick<
  ClientActivationInputs,
  "office" | "setupKey" | "hostsReady" | "discovery" | "hostNames" | "hostAddresses" | "lookupDomain"
>;

/** What a member shall be; `host` is the one that it is pinned to. */
export function wishOf(settings: WishSettings, host?: HostAddress): ClientWish {
  const { office = "", setupKey, hostsReady, discovery, hostNames, lookupDomain } = settings;
  return {
    setupKey,
    ...(office !== "" && { office: true }),
    discovery,
    hostNames: hostNames.map((name) => name.toLowerCase()),
    ...(discovery === "host" && host !== undefined && { host }),
    ...(!hostsReady && { awaitsHost: true }),
    ...(lookupDomain !== "" && { lookupDomain }),
  };
}

/**
 * The KMS host that each member is pinned to, by member key; empty with discovery `dns`. Members that are pinned to
 * one of the hosts stay with it.
 */
export function pinnedHosts(
  members: readonly { azureVmId: string; ssh?: SshAddress | string }[],
  { discovery, hostAddresses, threshold }: ClientActivationInputs | ClientActivationOutputs,
  before: readonly MemberState[],
): Map<string, HostAddress> {
  if (discovery === "dns") {
    return new Map();
  }
  const addresses = new Map(hostAddresses.map((address) => [address.name.toLowerCase(), address]));
  const held = new Map(before.map((state) => [memberKey(state), state.host.toLowerCase()]));
  const assigned = assignHosts(members.map(memberKey), [...addresses.keys()], threshold, held);
  return new Map([...assigned].map(([member, host]) => [member, addresses.get(host)!]));
}
