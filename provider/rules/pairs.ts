import { findHosting, findServing, groupsServing, type KeyGroupEntry } from "../catalog/key-groups";
import { findEdition, findOperatingSystem } from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { findImpossiblePair, type RequiredUpdate, requiredUpdates, updatesForKey } from "../catalog/updates";

/** Clients of an operating system's edition on a KMS host, as far as it is known. */
export interface ClientsOnHost {
  /** Operating system of the KMS host. */
  hostOs?: string;
  /** Product key group of its key. */
  group?: KeyGroupEntry;
  os: string;
  edition: string;
}

/** What is known of a pair: what Microsoft's table has, what it is silent about, and what is refused, with the code that says so. */
export type PairVerdict =
  | { listing: "listed" | "unknown" }
  | { listing: "unlisted"; code: "KMS2016" | "KMS2204" }
  | { listing: "refused"; code: "KMS2013" | "KMS2015" | "KMS2017" | "KMS2203" | "KMS2205" };

/** Whether a KMS host with a key of this group activates these clients. Diagnostics and the compatibility page both ask it. */
export function pairVerdict({ hostOs, group, os, edition }: ClientsOnHost): PairVerdict {
  if (findEdition(os, edition)?.edition.multiSession === true) {
    return { listing: "refused", code: "KMS2017" };
  }
  if (hostOs !== undefined && findImpossiblePair(hostOs, os) !== undefined) {
    return { listing: "refused", code: "KMS2203" };
  }
  if (isServerOnClient(hostOs, os)) {
    return { listing: "refused", code: "KMS2205" };
  }
  if (group === undefined) {
    return { listing: "unknown" };
  }
  switch (findServing(group, os, edition)?.listing) {
    case undefined:
      return groupsServing(os, edition).length > 0
        ? { listing: "refused", code: "KMS2013" }
        : findSetupKey(os, edition) === undefined
          ? { listing: "refused", code: "KMS2015" }
          : { listing: "unlisted", code: "KMS2016" };
    case "unlisted":
      return { listing: "unlisted", code: "KMS2204" };
    default:
      return { listing: "listed" };
  }
}

/** A KMS host on a client operating system activates client operating systems only. */
export const isServerOnClient = (hostOs: string | undefined, os: string): boolean =>
  hostOs !== undefined &&
  findOperatingSystem(hostOs)?.family === "client" &&
  findOperatingSystem(os)?.family === "server";

/** An update that a KMS host needs for its clients. */
export interface NeededUpdate {
  update: RequiredUpdate;
  /** Whether it is for the host's key, which these clients need, and not for the clients themselves. */
  forKey: boolean;
}

/**
 * The updates that a KMS host needs for these clients: theirs and those of its key, without those that another contains;
 * none where no update makes the pair work.
 */
export function neededUpdates({ hostOs, group, os }: Omit<ClientsOnHost, "edition">): NeededUpdate[] {
  if (hostOs === undefined || findImpossiblePair(hostOs, os) !== undefined || isServerOnClient(hostOs, os)) {
    return [];
  }
  const own = requiredUpdates(hostOs, os);
  // On a host that cannot have a key of the group no update helps.
  const ofKey =
    group === undefined || findHosting(group, hostOs) === undefined ? [] : updatesForKey(hostOs, group);
  const all = [...new Set([...own, ...ofKey])];
  return all
    .filter((update) => !all.some(({ kb }) => update.supersededBy?.includes(kb) === true))
    .map((update) => ({ update, forKey: !own.includes(update) }));
}
