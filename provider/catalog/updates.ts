import cumulative from "./data/cumulative-updates.json";
import data from "./data/updates.json";
import type { KeyGroupEntry } from "./key-groups";
import { findOperatingSystem } from "./operating-systems";
import { findProductName } from "./product-names";

/** An update that a KMS host needs to activate certain clients. */
export interface RequiredUpdate {
  /** Operating system of the KMS host. */
  host: string;
  /** Operating systems of the clients. */
  clients: string[];
  kb: string;
  title: string;
  /** ISO 8601 date. */
  released?: string;
  /** Smallest `CurrentBuild.UBR` that contains it, where builds tell. */
  minimumBuild?: string;
  /** Later updates of the catalogue that contain it; any later cumulative update does too. */
  supersededBy?: string[];
  requirements?: string[];
  ambiguities?: string[];
  /** Number that Microsoft's page names by mistake, and the system that it is an update of. */
  misprint?: { kb: string; of: string };
  note?: string;
  source: string;
}

/** Clients that no update makes this KMS host activate. */
export interface ImpossiblePair {
  host: string;
  clients: string[];
  requirements: string[];
  source: string;
}

/** The cumulative updates of an operating system; each contains all earlier ones. */
export interface UpdateHistory {
  /** Operating system that they are for, and others of the same build. */
  os: string;
  /** Previews and updates out of band included, the oldest first. */
  kbs: string[];
  /** Microsoft's history of the updates. */
  source: string;
  /** Where the numbers were read. */
  readFrom?: string;
}

/** What is known of a KMS host's updates. */
export interface InstalledUpdates {
  /** Numbers of installed updates, for example `KB3172614`. */
  kbs?: readonly string[];
  /** `CurrentBuild.UBR`, for example `20348.2322`. */
  build?: string;
  /** Day through which it has all cumulative updates, ISO 8601 date. */
  updatedThrough?: string;
}

const required: RequiredUpdate[] = data.required;
const impossible: ImpossiblePair[] = data.impossible;

const histories: readonly UpdateHistory[] = cumulative;

/** All cumulative updates that are known by number, by operating system. */
export const updateHistories = (): readonly UpdateHistory[] => histories;

/** All required updates. */
export function allRequiredUpdates(): readonly RequiredUpdate[] {
  return required;
}

/** All pairs of KMS host and clients that no update makes work. */
export function allImpossiblePairs(): readonly ImpossiblePair[] {
  return impossible;
}

/** The updates that a KMS host of this operating system needs to activate clients of that one. */
export function requiredUpdates(hostOs: string, clientOs: string): RequiredUpdate[] {
  return matching(required, hostOs, clientOs);
}

/**
 * The updates that a KMS host of this operating system needs before Windows takes a key of the group: those for the clients
 * that the group is for. That the host must know a key's product to install it is Microsoft's words for one group
 * (KB4467695), and taken to hold for the others.
 */
export function updatesForKey(hostOs: string, { clients }: Pick<KeyGroupEntry, "clients">): RequiredUpdate[] {
  const products = clients.flatMap(({ name }) => findProductName(name)?.products ?? []);
  const found = new Set(products.flatMap(({ product }) => requiredUpdates(hostOs, product)));
  const contained = (update: RequiredUpdate) =>
    [...found].some(({ kb }) => update.supersededBy?.includes(kb) === true);
  return [...found].filter((update) => !contained(update));
}

/**
 * Why no update makes a KMS host of this operating system activate clients of that one; absent when nothing says so.
 */
export function findImpossiblePair(hostOs: string, clientOs: string): ImpossiblePair | undefined {
  return matching(impossible, hostOs, clientOs)[0];
}

/**
 * Whether a host has an update. `met` by the update itself, a later cumulative one, the build or the date; `missing` where
 * the build or the date says so; `older` where all updates that are named are known to be earlier ones; `unknown` where
 * one of them may be later.
 */
export function updateStatus(
  update: RequiredUpdate,
  { kbs, build, updatedThrough }: InstalledUpdates,
): "met" | "missing" | "older" | "unknown" {
  const ages = (kbs ?? []).map((kb) => ageOf(kb.toUpperCase(), update));
  if (ages.includes("later")) {
    return "met";
  }
  const levels = [byBuild(update, build), byDate(update, updatedThrough)];
  const level = levels.find((one) => one !== undefined);
  return level ?? (kbs !== undefined && ages.every((age) => age === "earlier") ? "older" : "unknown");
}

/** Whether an update is the required one or a later one, or an earlier one; undefined where the catalogue does not know it. */
function ageOf(kb: string, update: RequiredUpdate): "later" | "earlier" | undefined {
  if (kb === update.kb || update.supersededBy?.includes(kb) === true) {
    return "later";
  }
  const isOfBuild = sameBuild(update.host);
  const history = histories.find(({ os }) => isOfBuild(os))?.kbs ?? [];
  const [own, needed] = [history.indexOf(kb), history.indexOf(update.kb)];
  return own === -1 || needed === -1 ? undefined : own > needed ? "later" : "earlier";
}

/** The other operating system that an update is for; undefined where it is one of the host's, or not known. */
export function otherSystemOf(kb: string, { host, misprint }: RequiredUpdate): string | undefined {
  const isOfBuild = sameBuild(host);
  const holders = histories.filter(({ kbs }) => kbs.includes(kb.toUpperCase())).map(({ os }) => os);
  const isOwn = holders.some(isOfBuild);
  return isOwn ? undefined : kb.toUpperCase() === misprint?.kb ? misprint.of : holders[0];
}

/** Operating systems of one build have their cumulative updates in common. */
function sameBuild(os: string): (other: string) => boolean {
  const builds = findOperatingSystem(os)?.builds ?? [];
  return (other) => findOperatingSystem(other)?.builds.some((build) => builds.includes(build)) === true;
}

function byBuild({ minimumBuild }: RequiredUpdate, build: string | undefined): "met" | "missing" | undefined {
  if (minimumBuild === undefined || build === undefined) {
    return undefined;
  }
  return isAtLeast(build, minimumBuild) ? "met" : "missing";
}

function byDate({ released }: RequiredUpdate, through: string | undefined): "met" | "missing" | undefined {
  if (released === undefined || through === undefined) {
    return undefined;
  }
  return through >= released ? "met" : "missing";
}

function matching<Row extends { host: string; clients: string[] }>(
  rows: readonly Row[],
  hostOs: string,
  clientOs: string,
): Row[] {
  const host = findOperatingSystem(hostOs)?.name;
  const client = findOperatingSystem(clientOs);
  return rows.filter(
    (row) =>
      row.host === host &&
      client !== undefined &&
      (row.clients.includes(client.name) || row.clients.includes(client.releaseOf ?? "")),
  );
}

function isAtLeast(build: string, minimum: string): boolean {
  const [major = 0, revision = 0] = build.split(".").map(Number);
  const [minimumMajor = 0, minimumRevision = 0] = minimum.split(".").map(Number);
  return major === minimumMajor ? revision >= minimumRevision : major > minimumMajor;
}
