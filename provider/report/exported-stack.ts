import { type Kind, stateVersion } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import type { Diagnostic, Severity } from "../rules/diagnostic";

/** A resource in what `pulumi stack export` prints, as far as reports read it. */
export interface ExportedResource {
  type: string;
  urn?: string | null;
  /** ID that the provider gave it. */
  id?: string | null;
  /** URN of the resource that it belongs to. */
  parent?: string | null;
  /** Whether the resource was replaced and is still to be deleted. */
  delete?: boolean;
  /** When the engine last changed it, ISO 8601. */
  modified?: string | null;
  outputs?: Record<string, unknown> | null;
}

/** What `pulumi stack export` prints, as far as reports read it. */
export interface ExportedStack {
  deployment: { manifest?: { time?: string } | null; resources?: ExportedResource[] | null };
}

/** Members of an exported resource that are texts where they are there. */
const textMembers = ["urn", "parent", "modified"] as const;

/** What is wrong with the shape of what should be an exported stack; undefined where nothing is. Outputs may hold anything. */
export function wrongShape(given: unknown): string | undefined {
  const { deployment } = (isObject(given) ? given : {}) as { deployment?: unknown };
  if (!isObject(deployment)) {
    return "it has no deployment";
  }
  const { manifest, resources = [] } = deployment;
  if (manifest !== undefined && manifest !== null && !(isObject(manifest) && isText(manifest.time))) {
    return "deployment.manifest has no time";
  }
  if (resources !== null && !Array.isArray(resources)) {
    return "deployment.resources is no list";
  }
  const wrong = (resources ?? []).findIndex((resource: unknown) => !isResource(resource));
  return wrong < 0 ? undefined : `deployment.resources[${wrong}] is no resource`;
}

const isResource = (resource: unknown): boolean =>
  isObject(resource) &&
  typeof resource.type === "string" &&
  textMembers.every((name) => isText(resource[name])) &&
  (resource.outputs === undefined || resource.outputs === null || isObject(resource.outputs));

const isText = (value: unknown) => value === undefined || value === null || typeof value === "string";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Stored outputs: of any shape, since programs can make each of them a secret, and an update can leave some out. */
export type Stored<Outputs> = { [Name in Outputs extends unknown ? keyof Outputs : never]?: unknown };

/** A dynamic resource of this package. */
export interface StoredResource<Outputs> {
  /** URN of the component that it belongs to. */
  parent?: string | null;
  modified: string;
  outputs: Outputs;
}

/** A component of this package with its activations. */
export interface StoredComponent<Outputs> {
  /** Logical name. */
  name: string;
  outputs: Record<string, unknown>;
  activations: StoredResource<Stored<Outputs>>[];
}

/** Resources that are there, without those that only wait for their deletion. */
const living = ({ deployment }: ExportedStack) =>
  (deployment.resources ?? []).filter((resource) => resource.delete !== true);

/**
 * The dynamic resources of this kind, of TypeScript programs and of programs in other languages.
 * @throws KmsError KMS9001 for what a newer version of this package wrote
 */
export function storedResources<Outputs>(exported: ExportedStack, kind: Kind): StoredResource<Outputs>[] {
  const types = [`pulumi-nodejs:dynamic/windows-kms:${kind}`, `windows-kms:index:${kind}`];
  return living(exported)
    .filter(({ type }) => types.includes(type))
    .map(({ parent, modified, outputs }) => {
      refuseNewer(outputs?.stateVersion);
      return { parent, modified: modified ?? "", outputs: (outputs ?? {}) as Outputs };
    });
}

/** The components of this class, each with its activations. @throws KmsError KMS9001 */
export function storedComponents<Outputs>(
  exported: ExportedStack,
  className: "KMSHost" | "KMSClientGroup",
  kind: Kind,
): StoredComponent<Outputs>[] {
  const byParent = new Map<string | null | undefined, StoredResource<Stored<Outputs>>[]>();
  for (const activation of storedResources<Stored<Outputs>>(exported, kind)) {
    byParent.set(activation.parent, [...(byParent.get(activation.parent) ?? []), activation]);
  }
  return living(exported)
    .filter(({ type }) => type === `windows-kms:index:${className}`)
    .map(({ urn, outputs }) => ({
      name: (urn ?? "").slice((urn ?? "").lastIndexOf("::") + 2),
      outputs: outputs ?? {},
      activations: (urn && byParent.get(urn)) || [],
    }));
}

/** Name of the stack and its project, by the URN of its root; none for a stack that was never updated. */
export function stackName({ deployment }: ExportedStack): { name?: string; project?: string } {
  const root = deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  const [, name, project] = /^urn:pulumi:(.*?)::(.*?)::/.exec(root?.urn ?? "") ?? [];
  return name === undefined ? {} : { name, project };
}

function refuseNewer(given: unknown): void {
  if (typeof given === "number" && given > stateVersion) {
    throw new KmsError("KMS9001", { values: { given, allowed: stateVersion } });
  }
}

/** Marks a secret in what `pulumi stack export` prints. Source: pulumi/pulumi, sdk/go/common/resource/sig. */
const signatureKey = "4dabf18193072939515e22adb298388d";

/** Stands in the place of a value that the program made a secret. */
const hidden = "[secret]";

/** Whether the engine keeps the value encrypted. */
export const isHidden = (value: unknown) =>
  typeof value === "object" && value !== null && signatureKey in value;

/** A stored text; none for an empty one. */
export function storedText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : isHidden(value) ? hidden : undefined;
}

/** A stored number. */
export const storedNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** A stored time, ISO 8601; none for what is no time. */
export function storedTime(value: unknown): string | undefined {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** A stored list of texts. */
export const storedTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((item) => storedText(item) ?? []) : [];

const severities: readonly Severity[] = ["error", "warning", "info"];

/** What was reported about a component, as it stores it. */
export function storedDiagnostics(stored: unknown): Diagnostic[] {
  return (Array.isArray(stored) ? (stored as Stored<Diagnostic>[]) : []).map((one) => ({
    code: storedText(one?.code) ?? "",
    severity: severities.find((severity) => severity === one?.severity) ?? "info",
    path: storedText(one?.path) ?? "",
    message: storedText(one?.message) ?? "",
    ...(one?.acknowledged === true && { acknowledged: true }),
  }));
}

/** An object without the members that do not exist. */
export const present = <Members extends object>(members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
