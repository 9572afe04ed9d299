import assert from "node:assert/strict";
import type { DeclaredResource } from "../../provider/policy/declared-resource";
import { type KmsPolicy, type Parameters, type ReviewContext, valuesOf } from "../../provider/policy/policy";

/** Invented: a real product key has at most one N. */
export const labKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

/** Microsoft's public client setup key of Windows Server 2022 Datacenter. */
export const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

type Changes = Partial<Omit<DeclaredResource, "unknown">> & { unknown?: string[] };

/** A resource as a policy sees it. */
export function declared(
  type: string,
  name: string,
  values: object,
  { unknown = [], ...changes }: Changes = {},
): DeclaredResource {
  return {
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    type,
    name,
    protect: false,
    dependencies: {},
    values: values as Record<string, unknown>,
    unknown: new Set(unknown),
    outputs: {},
    ...changes,
  };
}

const kmsHost = {
  key: { keyGroup: "Volume License for Windows Server 2022", productKey: labKey },
  os: "Windows Server 2022",
  machine: { create: {} },
  clientPrefixes: ["10.20.0.0/16"],
  zones: [{ zoneName: "corp.example" }],
};

/** A KMSHost without a fault, with what a test changes. */
export const host = (name: string, values: object = {}, changes: Changes = {}) =>
  declared("windows-kms:index:KMSHost", name, { ...kmsHost, ...values }, changes);

/** A host that somebody else manages. */
export const readOnlyHost = (name: string, values: object = {}) =>
  declared("windows-kms:index:KMSHost", name, {
    readOnly: true,
    key: { keyGroup: "Volume License for Windows Server 2022" },
    os: "Windows Server 2022",
    zones: [{ zoneName: "corp.example" }],
    ...values,
  });

/** A KMSClientGroup of servers on these hosts. */
export const group = (name: string, hosts: DeclaredResource[], values: object) =>
  declared("windows-kms:index:KMSClientGroup", name, {
    hosts: hosts.map(({ urn }) => urn),
    os: "Windows Server 2022",
    edition: "Datacenter",
    ...values,
  });

/** A dynamic resource of the package. */
export const child = (
  kind: "HostActivation" | "SrvRecord",
  name: string,
  values: object,
  changes: Changes = {},
) => declared(`pulumi-nodejs:dynamic/windows-kms:${kind}`, name, values, changes);

const quietContext: ReviewContext = { today: "2026-11-25", isSharedBackend: () => false };

/** What a policy says: `name: message` of each violation; its parameters are configured as the engine would. */
export function review<All extends Parameters>(
  policy: KmsPolicy<All>,
  resources: DeclaredResource[],
  configured: object = {},
  context: Partial<ReviewContext> = {},
): string[] {
  const values = valuesOf(policy, configured);
  const violations = policy.review(resources, values, { ...quietContext, ...context });
  return violations.map(({ urn, message }) => {
    const resource = resources.find((one) => one.urn === urn);
    assert.ok(resource, `${urn} is one of the resources`);
    return `${resource.name}: ${message}`;
  });
}
