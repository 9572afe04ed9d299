import type { ExtensionRuns } from "../compute/extension-runs";
import type { OnPremises } from "../network/on-premises";
import type { LabClock } from "../windows/clock";
import type { Fleet } from "../windows/fleet";
import type { Work } from "./async-operations";
import type { Role } from "./authorization";
import type { AzureConditions } from "./conditions";
import type { JsonObject } from "./json";
import type { ResourceStore, StoredResource } from "./resource-store";

/** A management lock, which holds for its scope and all that is below. */
export interface ManagementLock {
  id: string;
  name: string;
  scope: string;
  level: "CanNotDelete" | "ReadOnly";
  notes?: string;
}

/** The state that all requests to the simulated Azure Resource Manager share. */
export interface ArmState {
  store: ResourceStore;
  fleet: Fleet;
  clock: LabClock;
  onPremises: OnPremises;
  extensionRuns: ExtensionRuns;
  /** Machines whose agent does not answer, by their lower-case ID. */
  silentAgents: Set<string>;
  /** Replaced as a whole when they change. */
  conditions: AzureConditions;
  /** Management locks by their lower-case ID. */
  locks: Map<string, ManagementLock>;
  /** What the caller may do. @default - everything */
  roles?: readonly Role[];
  /** The first is that of a program that names none. */
  subscriptionIds: readonly string[];
  tenantId: string;
}

/** A write that is about to be accepted. */
export interface ResourceChange {
  id: string;
  name: string;
  /** The whole body to store, hidden values included; a behaviour fills in what the service computes. */
  body: JsonObject;
  previous?: StoredResource;
  /** Whether only a part of the body was given (PATCH), so that what is missing stays. */
  partial?: boolean;
  /** Whether the hidden values differ from those of the previous write. */
  hiddenChanged: boolean;
  /** Set by a behaviour whose resource is served late. */
  unseen?: StoredResource["unseen"];
}

/** What a resource type does beyond keeping its body. */
export interface TypeBehaviour {
  /**
   * Refuses what the service refuses and fills in what it computes. The work that it returns is done after the
   * answer; until then the resource is being created.
   */
  write?(change: ResourceChange, arm: ArmState): Work | undefined;
  /** What GET returns instead of the stored body; `expand` is the query's `$expand`. */
  read?(resource: StoredResource, arm: ArmState, expand: string | undefined): JsonObject;
  /**
   * What a deletion does that takes its time, instead of removing the resource at once. It removes the resource itself.
   */
  removing?(resource: StoredResource, arm: ArmState): Work;
  /** Undoes what the resource does elsewhere, before it is removed. */
  remove?(resource: StoredResource, arm: ArmState): void;
}
