import type { HostWish } from "./host-wish";

/** How the script describes the inbound rule that this wish asks for. */
export function firewallWish(wish: HostWish): string {
  return `enabled:${wish.port}:${[...wish.firewallProfiles].sort().join(",")}`;
}
