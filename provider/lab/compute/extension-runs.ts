import type { JsonObject } from "../arm/json";

/** What an instance has of the model's extensions. */
export interface AppliedModel {
  /** Digest of the model that was applied. */
  digest: string;
  /** Digest and instance view of each extension that ran, by name. */
  extensions: Map<string, { digest: string; view: JsonObject }>;
}

/** What Azure knows of scale sets and never shows. IDs are lower case. */
export interface ExtensionRuns {
  /** Command lines in protected settings, by the extension's ID. */
  readonly commands: Map<string, string>;
  /** By the instance's ID. */
  readonly applied: Map<string, AppliedModel>;
  /** Instances that a scale set has had so far, by its ID: no number is given twice. */
  readonly numbered: Map<string, number>;
}

/** Nothing has run yet. */
export const createExtensionRuns = (): ExtensionRuns => ({
  commands: new Map(),
  applied: new Map(),
  numbered: new Map(),
});

/** What an instance view shows of extensions that came with the model. */
export const extensionViews = ({ applied }: ExtensionRuns, instanceId: string): JsonObject[] =>
  [...(applied.get(instanceId.toLowerCase())?.extensions.values() ?? [])].map(({ view }) => view);
