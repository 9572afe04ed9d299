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

/** What is known of a KMS host's updates. */
export interface InstalledUpdates {
  /** Numbers of installed updates, for example `KB3172614`. */
  kbs?: string[];
  /** `CurrentBuild.UBR`, for example `20348.2322`. */
  build?: string;
}

const required: RequiredUpdate[] = data.required;
const impossible: ImpossiblePair[] = data.impossible;

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

/** Whether a host has the update; `unknown` when a list of updates leaves it out, since a later one may contain it. */
export function updateStatus(
  update: RequiredUpdate,
  installed: InstalledUpdates,
): "met" | "missing" | "unknown" {
  if (
    (installed.kbs ?? []).some((kb) => [update.kb, ...(update.supersededBy ?? [])].includes(kb.toUpperCase()))
  ) {
    return "met";
  }
  if (update.minimumBuild === undefined || installed.build === undefined) {
    return "unknown";
  }
  return isAtLeast(installed.build, update.minimumBuild) ? "met" : "missing";
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
