import assert from "node:assert/strict";
import type { DeclaredResource } from "../../provider/policy/declared-resource";
import type { KmsPolicy, ReviewContext } from "../../provider/policy/policy";
import { parametersOf } from "../../provider/policy/parameters";

/** Invented: a real product key has at most one N. */
export const labKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

/** Microsoft's public client setup key of Windows Server 2022 Datacenter. */
export const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

type Changes = Partial<Omit<DeclaredResource, "unknownPaths">> & { unknownPaths?: string[] };

/** A resource as a policy sees it. */
export function declared(
  type: string,
  name: string,
  values: object,
  { unknownPaths = [], ...changes }: Changes = {},
): DeclaredResource {
  return {
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    type,
    name,
    protect: false,
    dependencies: {},
    values: values as Record<string, unknown>,
    unknownPaths: new Set(unknownPaths),
    ...changes,
  };
}

const kmsHost = {
  keyGroup: "Volume License for Windows Server 2022",
  os: "Windows Server 2022",
  productKey: labKey,
  vm: {},
  clientPrefixes: ["10.20.0.0/16"],
  srvRecords: [{ privateZone: { zoneName: "corp.example" } }],
};

/** A KMSHost without a fault, with what a test changes. */
export const host = (name: string, values: object = {}, changes: Changes = {}) =>
  declared("pulumi-windows-kms:index:KMSHost", name, { ...kmsHost, ...values }, changes);

/** A host that `KMSHost.get` gives. */
export const lookup = (name: string, values: object = {}) =>
  declared("pulumi-windows-kms:index:KMSHostLookup", name, {
    keyGroup: "Volume License for Windows Server 2022",
    os: "Windows Server 2022",
    zoneNames: ["corp.example"],
    ...values,
  });

/** A KMSClientGroup of servers on these hosts. */
export const group = (name: string, hosts: DeclaredResource[], values: object) =>
  declared("pulumi-windows-kms:index:KMSClientGroup", name, {
    hosts: hosts.map(({ urn }) => urn),
    os: "Windows Server 2022",
    edition: "Datacenter",
    ...values,
  });

const quietContext: ReviewContext = {
  today: "2026-11-25",
  defaultLedger: "file://./kms-ledger",
  sharedBackend: false,
};

/** What a policy says: `name: message` of each violation; its parameters are configured as the engine would. */
export function review<Parameters>(
  policy: KmsPolicy<Parameters>,
  resources: DeclaredResource[],
  configured: object = {},
  context: Partial<ReviewContext> = {},
): string[] {
  const parameters = parametersOf(policy, configured) as Parameters;
  const violations = policy.review(resources, parameters, { ...quietContext, ...context });
  return violations.map(({ urn, message }) => {
    const resource = resources.find((one) => one.urn === urn);
    assert.ok(resource, `${urn} is one of the resources`);
    return `${resource.name}: ${message}`;
  });
}
