import { ArmError } from "./arm-error";
import { type Json, type JsonObject, objectAt, textOf } from "./json";
import type { ResourceStore } from "./resource-store";
import type { ResourceType } from "./resource-types";

/** What the subscription of the lab is like beyond its resources: what its owners demand, and what Azure takes its time for. */
export interface AzureConditions {
  /** Tags that a policy demands of every resource that has tags and a location. @default [] */
  requiredTags: string[];
  /** Regions that a policy allows; none stands for all. @default [] */
  allowedLocations: string[];
  /** vCPUs of a region, whatever their family. @default - no limit */
  cores?: number;
  /** Public addresses of a region. @default - no limit */
  publicAddresses?: number;
  /** Whether a subnet that does not say so has no default outbound access, as with newer versions of Azure's API. @default false */
  privateSubnets: boolean;
  /** How long a written record or a new link of a private zone stays unseen, in seconds of the lab's clock. @default 0 */
  dnsDelaySeconds: number;
}

/** A subscription that demands nothing. */
export const usualConditions = (): AzureConditions => ({
  requiredTags: [],
  allowedLocations: [],
  privateSubnets: false,
  dnsDelaySeconds: 0,
});

const names: (keyof AzureConditions)[] = [
  "requiredTags",
  "allowedLocations",
  "cores",
  "publicAddresses",
  "privateSubnets",
  "dnsDelaySeconds",
];

const isTexts = (value: Json | undefined): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "");

const isCount = (value: Json | undefined): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;

const fits: Record<keyof AzureConditions, (value: Json | undefined) => boolean> = {
  requiredTags: isTexts,
  allowedLocations: isTexts,
  cores: isCount,
  publicAddresses: isCount,
  privateSubnets: (value) => typeof value === "boolean",
  dnsDelaySeconds: isCount,
};

/** Conditions with some of them changed; null gives one its usual value. @throws ArmError 400 */
export function changedConditions(before: AzureConditions, body: JsonObject): AzureConditions {
  const usual: Partial<AzureConditions> = usualConditions();
  const changed: JsonObject = { ...before };
  for (const [name, value] of Object.entries(body)) {
    const key = names.find((known) => known === name);
    if (key === undefined || (value !== null && !fits[key](value))) {
      throw new ArmError(
        400,
        "BadRequest",
        `${name} is no condition, or has a wrong value. Conditions: ${names.join(", ")}.`,
      );
    }
    changed[key] = value === null ? usual[key] : value;
  }
  return changed as unknown as AzureConditions;
}

/**
 * What Azure Policy denies. A policy of the mode Indexed judges what has tags and a location, run commands included.
 * Source: learn.microsoft.com/azure/governance/policy/concepts/definition-structure-basics; words of the answer:
 * microsoft/vscode-apimanagement#348.
 * @throws ArmError 403
 */
export function checkPolicies(
  { requiredTags, allowedLocations }: AzureConditions,
  type: ResourceType,
  name: string,
  { tags, location }: JsonObject,
): void {
  if (type.location === undefined) {
    return;
  }
  const has = (tag: string) =>
    Object.keys(objectAt(tags)).some((given) => given.toLowerCase() === tag.toLowerCase());
  const missing = requiredTags.find((tag) => !has(tag));
  if (missing !== undefined) {
    throw denied(name, `require-tag-${missing}`, `Require the tag ${missing} on resources`);
  }
  const region = (textOf(location) ?? "").toLowerCase().replace(/\s/g, "");
  const allowed = allowedLocations.map((one) => one.toLowerCase().replace(/\s/g, ""));
  if (allowed.length > 0 && region !== "global" && !allowed.includes(region)) {
    throw denied(name, "allowed-locations", "Allowed locations");
  }
}

function denied(name: string, policy: string, displayName: string): ArmError {
  const identifiers = [
    {
      policyAssignment: {
        name: displayName,
        id: `/providers/Microsoft.Management/managementGroups/lab/providers/Microsoft.Authorization/policyAssignments/${policy}`,
      },
      policyDefinition: {
        name: displayName,
        id: `/providers/Microsoft.Authorization/policyDefinitions/${policy}`,
      },
    },
  ];
  return new ArmError(
    403,
    "RequestDisallowedByPolicy",
    `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
  );
}

/**
 * The number of vCPUs in the name of a size, for example 2 in `Standard_B2as_v2`.
 * Source: learn.microsoft.com/azure/virtual-machines/vm-naming-conventions.
 */
export const coresOf = (size: string): number => Number(/_[A-Z]+(\d+)/i.exec(size)?.[1] ?? 1);

const machineTypes = ["Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets"];
const publicAddressType = "Microsoft.Network/publicIPAddresses";

/**
 * What the quotas of a region leave. Words of the answers: nforgeio/neonKUBE#1671, MicrosoftDocs/azure-docs#106096.
 * @throws ArmError 409, 400
 */
export function checkQuotas(
  { cores, publicAddresses }: AzureConditions,
  store: ResourceStore,
  change: { id: string; type: ResourceType; body: JsonObject },
): void {
  const { type, body } = change;
  const others = store
    .all()
    .filter(
      (resource) =>
        resource.id.toLowerCase() !== change.id.toLowerCase() &&
        sameRegion(resource.body.location, body.location),
    );
  if (cores !== undefined && machineTypes.includes(type.type)) {
    const used = others.reduce((sum, { type: other, body: machine }) => sum + coresUsed(other, machine), 0);
    const required = coresUsed(type.type, body);
    if (used + required > cores) {
      const limits = `Current Limit: ${cores}, Current Usage: ${used}, Additional Required: ${required}, (Minimum) New Limit Required: ${used + required}`;
      throw new ArmError(
        409,
        "OperationNotAllowed",
        `Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Deployment Model: Resource Manager, Location: ${textOf(body.location)}, ${limits}.`,
      );
    }
  }
  const addresses = others.filter((resource) => resource.type === publicAddressType).length;
  if (publicAddresses !== undefined && type.type === publicAddressType && addresses >= publicAddresses) {
    throw new ArmError(
      400,
      "PublicIPCountLimitReached",
      `Cannot create more than ${publicAddresses} public IP addresses for this subscription in this region.`,
    );
  }
}

const sameRegion = (one: Json | undefined, other: Json | undefined) =>
  (textOf(one) ?? "").toLowerCase() === (textOf(other) ?? "").toLowerCase();

/** A machine of a scale set is counted with its set. */
function coresUsed(type: string, body: JsonObject): number {
  if (type === machineTypes[0]) {
    const inSet = textOf(objectAt(body.properties, "virtualMachineScaleSet").id) !== undefined;
    return inSet ? 0 : coresOf(textOf(objectAt(body.properties, "hardwareProfile").vmSize) ?? "");
  }
  return type === machineTypes[1]
    ? coresOf(textOf(objectAt(body.sku).name) ?? "") * Number(objectAt(body.sku).capacity ?? 0)
    : 0;
}
