import { LabError } from "../lab-error";
import rows from "./resource-types.json";

/** Inputs or outputs of a resource, as they travel between engine and provider. */
export type Properties = Record<string, unknown>;

/** One resource type of azure-native; `resource-types.schema.json` says what the fields mean. */
export interface ResourceType {
  token: string;
  armType: string;
  path: string;
  client: "compute" | "network" | "privatedns" | "resources";
  apiVersion: string;
  operations: string;
  createOrUpdate: string;
  get: string;
  delete: string;
  autoName: { property: string; kind: "random" | "copy" };
  forceNew: string[];
  setByAzure: string[];
  keptWhenUnset: string[];
  idSets: string[];
  getFunction: string;
  source: string;
}

/** All resource types that the lab serves. */
export const resourceTypes: readonly ResourceType[] = rows as ResourceType[];

/** The type of a URN such as `urn:pulumi:dev::project::parent$azure-native:compute:VirtualMachine::vm`. */
export function typeOfUrn(urn: string): ResourceType {
  const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const type = resourceTypes.find((candidate) => candidate.token === token);
  if (type === undefined) {
    const allowed = resourceTypes.map((served) => served.token).join(", ");
    throw new LabError("KMS7206", { values: { given: token, allowed } });
  }
  return type;
}

/** The type that a function such as `azure-native:compute:getVirtualMachine` reads. */
export function typeReadBy(functionToken: string): ResourceType {
  const type = resourceTypes.find((candidate) => candidate.getFunction === functionToken);
  if (type === undefined) {
    const allowed = resourceTypes.map((served) => served.getFunction).join(", ");
    throw new LabError("KMS7207", { values: { given: functionToken, allowed } });
  }
  return type;
}

/** The inputs that make up a resource's ID, in order. */
export function pathInputs(type: ResourceType): string[] {
  return [...type.path.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .filter((name) => name !== "subscriptionId");
}

/** Azure resource ID from the inputs. */
export function resourceId(type: ResourceType, subscriptionId: string, inputs: Properties): string {
  return type.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "subscriptionId" ? subscriptionId : String(inputs[name]),
  );
}

/** The reverse: subscription and inputs from an Azure resource ID; ARM's own names in it may have any case. */
export function inputsOfId(
  type: ResourceType,
  id: string,
): { subscriptionId: string; inputs: Record<string, string> } {
  const pattern = type.path.replace(/[.]/g, "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const groups = new RegExp(`^${pattern}$`, "i").exec(id)?.groups;
  if (groups === undefined) {
    throw new LabError("KMS7209", { values: { given: id, allowed: type.path } });
  }
  const { subscriptionId, ...inputs } = groups;
  return { subscriptionId: subscriptionId, inputs };
}
