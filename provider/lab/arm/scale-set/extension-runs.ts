import type { JsonObject } from "../json";

/** What an instance has of the model's extensions. */
export interface AppliedModel {
  /** Digest of the model that was applied. */
  digest: string;
  /** Digest and instance view of each extension that ran, by name. */
  extensions: Map<string, { digest: string; view: JsonObject }>;
}

/** What Azure knows of extensions in scale sets and never shows. IDs are lower case. */
export interface ExtensionRuns {
  /** Command lines in protected settings, by the extension's ID. */
  readonly commands: Map<string, string>;
  /** By the instance's ID. */
  readonly applied: Map<string, AppliedModel>;
  /** Machines that Flexible sets have created so far; numbers their computer names. */
  created: number;
}

/** Nothing has run yet. */
export const createExtensionRuns = (): ExtensionRuns => ({
  commands: new Map(),
  applied: new Map(),
  created: 0,
});

/** What an instance view shows of extensions that came with the model. */
export const extensionViews = ({ applied }: ExtensionRuns, instanceId: string): JsonObject[] =>
  [...(applied.get(instanceId.toLowerCase())?.extensions.values() ?? [])].map(({ view }) => view);
