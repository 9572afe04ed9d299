import { firewallWish } from "./firewall-wish";
import { becomesActivated, isOfficeKey } from "./host-plan";
import { hostKeyChannel } from "./key-channel";
import type { HostState } from "./host-state";
import type { HostWish } from "./host-wish";

/** Each difference between what a KMS host shall be and what it is, in words; empty when there is none. */
export function hostDrift(wish: HostWish, state: HostState): string[] {
  const drift: string[] = [];
  const compare: Compare = (what, is, wanted) => {
    if (is !== wanted) {
      drift.push(`${what} is ${is === "" ? "missing" : is}, wanted ${wanted}`);
    }
  };
  compare("ending of the product key", state.partialProductKey, wish.partialProductKey);
  compare("product key channel", state.productKeyChannel, hostKeyChannel);
  if (becomesActivated(wish)) {
    compare("license status", state.licenseStatus, "Licensed");
  }
  if (isOfficeKey(wish)) {
    return drift;
  }
  if (state.licenseStatus === "Licensed" || becomesActivated(wish)) {
    compareSettings(compare, wish, state);
  }
  if (wish.installRole && state.role !== "unsupported") {
    compare("Windows feature VolumeActivation", state.role, "Installed");
  }
  compare("inbound firewall rule", state.firewall, firewallWish(wish));
  return drift;
}

type Compare = (what: string, is: string | number, wanted: string | number) => void;

function compareSettings(compare: Compare, wish: HostWish, state: HostState): void {
  compare("listening port", state.port, wish.port);
  compare("activation interval in minutes", state.activationIntervalMinutes, wish.activationIntervalMinutes);
  compare("renewal interval in minutes", state.renewalIntervalMinutes, wish.renewalIntervalMinutes);
  compare("thread priority", priority(state.lowPriority), priority(wish.lowPriority));
  compare("DNS publishing by Windows", onOff(state.dnsPublishing), onOff(wish.dnsPublishing));
}

const priority = (low: boolean) => (low ? "low" : "normal");
const onOff = (on: boolean) => (on ? "on" : "off");
