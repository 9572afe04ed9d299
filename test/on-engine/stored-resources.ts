import type { EngineProgram } from "./engine";

/** A resource in a stack's state. */
export interface StoredResource {
  urn: string;
  type: string;
  protect?: boolean;
  dependencies?: string[];
  replacementTrigger?: unknown;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** A stack's file in the backend. */
export interface StateFile {
  checkpoint: { latest: { resources: StoredResource[] } };
}

/** The resources in a stack's state, read from the backend's file, where secrets are encrypted; starts no command. */
export const storedResources = async (stack: EngineProgram): Promise<StoredResource[]> =>
  (JSON.parse(await stack.storedState()) as StateFile).checkpoint.latest.resources;
