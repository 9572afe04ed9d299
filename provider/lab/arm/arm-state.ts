import type { ExtensionRuns } from "../compute/extension-runs";
import type { OnPremises } from "../network/on-premises";
import type { LabClock } from "../windows/clock";
import type { Fleet } from "../windows/fleet";
import type { JsonObject } from "./json";
import type { ResourceStore, StoredResource } from "./resource-store";

/** The state that all requests to the simulated Azure Resource Manager share. */
export interface ArmState {
  store: ResourceStore;
  fleet: Fleet;
  clock: LabClock;
  onPremises: OnPremises;
  extensionRuns: ExtensionRuns;
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
}

/** What a resource type does beyond keeping its body. */
export interface TypeBehaviour {
  /**
   * Refuses what the service refuses and fills in what it computes. The work that it returns is done after the
   * answer; until then the resource is being created.
   */
  write?(change: ResourceChange, arm: ArmState): (() => void) | undefined;
  /** What GET returns instead of the stored body; `expand` is the query's `$expand`. */
  read?(resource: StoredResource, arm: ArmState, expand: string | undefined): JsonObject;
  /** Undoes what the resource does elsewhere, before it is removed. */
  remove?(resource: StoredResource, arm: ArmState): void;
}
