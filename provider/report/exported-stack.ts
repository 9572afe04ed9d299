import { type Kind, stateVersion } from "../engine/handler";
import { KmsError } from "../errors/kms-error";

/** The part that is read here of a resource in what `pulumi stack export` prints. */
export interface ExportedResource {
  type: string;
  urn?: string;
  /** Whether the resource was replaced and is still to be deleted. */
  delete?: boolean;
  /** When the engine last changed it, ISO 8601. */
  modified?: string;
  outputs?: Record<string, unknown>;
}

/** The part that is read here of what `pulumi stack export` prints. */
export interface ExportedStack {
  deployment: { manifest?: { time?: string }; resources?: ExportedResource[] };
}

/** A resource of this package, with what the engine stores of it. */
export interface StoredResource<Outputs> {
  modified: string;
  outputs: Outputs;
}

/**
 * The resources of this kind that the stack has.
 * @throws KmsError KMS9001 for what a newer version of this package wrote
 */
export function storedResources<Outputs>(
  { deployment }: ExportedStack,
  kind: Kind,
): StoredResource<Outputs>[] {
  return (deployment.resources ?? [])
    .filter((resource) => resource.type === `pulumi-nodejs:dynamic/kms:${kind}` && resource.delete !== true)
    .map(({ modified = "", outputs = {} }) => {
      refuseNewer(outputs.stateVersion);
      return { modified, outputs: outputs as Outputs };
    });
}

/** Name of the stack and its project, by the URN of its root; empty for a stack that was never updated. */
export function stackName({ deployment }: ExportedStack): { name: string; project: string } {
  const root = deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  const [, name = "", project = ""] = /^urn:pulumi:(.*?)::(.*?)::/.exec(root?.urn ?? "") ?? [];
  return { name, project };
}

function refuseNewer(given: unknown): void {
  if (typeof given === "number" && given > stateVersion) {
    throw new KmsError("KMS9001", { values: { given, allowed: stateVersion } });
  }
}

/** Marks a secret in what `pulumi stack export` prints. Source: pulumi/pulumi, sdk/go/common/resource/sig. */
const signatureKey = "4dabf18193072939515e22adb298388d";

/** What stands in the place of a value that the program made a secret. */
const hidden = "[secret]";

/** Whether the engine keeps the value encrypted. */
export const isHidden = (value: unknown) =>
  typeof value === "object" && value !== null && signatureKey in value;

/** A stored text; "" for none. */
export function plainText(value: unknown): string {
  return typeof value === "string" ? value : isHidden(value) ? hidden : "";
}

/** A stored number; 0 for none. */
export const plainNumber = (value: unknown) =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

/** A stored list of texts. */
export const plainTexts = (value: unknown) => (Array.isArray(value) ? value.map(plainText) : []);
