import { kmsServiceName } from "../../srv/zone";
import type { DeclaredResource } from "../declared-resource";
import { type KmsPolicy, type Violation, violation } from "../policy";
import { declaredHosts } from "../program-facts";
import { isAzureNative, kmsHostLookupType, srvRecordType } from "../resource-types";
import schema from "../schema/kms-srv-unknown-host.schema.json";

interface Parameters {
  /** Full names of KMS hosts outside the stack. */
  knownHosts: string[];
}

/** Clients ask every host that the records name, and each host that nobody runs costs them their activation. */
export const kmsSrvUnknownHost: KmsPolicy<Parameters> = {
  name: "kms-srv-unknown-host",
  description: "SRV records of KMS point to known KMS hosts.",
  enforcementLevel: "advisory",
  scope: "stack",
  schema,
  review(resources, { knownHosts }) {
    const own = resources.filter(({ type }) => type === srvRecordType);
    if (own.some(({ unknownPaths }) => unknownPaths.has("target"))) {
      return [];
    }
    const lookedUp = resources.filter(({ type }) => type === kmsHostLookupType);
    const targets = own.map(({ values }) => values.target as string);
    const fqdns = lookedUp.flatMap(({ values }) => (values.fqdn as string | undefined) ?? []);
    const names = new Set([...knownHosts, ...targets, ...fqdns].map(withoutLastDot));
    const computerNames = new Set(
      declaredHosts(resources).flatMap(({ facts }) => facts.computerName?.toLowerCase() ?? []),
    );
    const isKnown = (target: string) => names.has(target) || computerNames.has(target.split(".")[0]);
    return resources.flatMap((resource) =>
      kmsTargets(resource).flatMap(({ target, property }): Violation[] =>
        isKnown(withoutLastDot(target)) ? [] : [violation(resource, "KMS8008", { given: target }, property)],
      ),
    );
  },
};

interface RecordSet {
  recordType?: string;
  relativeRecordSetName?: string;
  srvRecords?: ({ target?: string } | undefined)[];
}

/** Targets that a record set of Azure DNS, private or public, names for KMS. */
function kmsTargets(resource: DeclaredResource): { target: string; property: string }[] {
  const { recordType, relativeRecordSetName, srvRecords = [] } = resource.values as RecordSet;
  const isKms =
    isRecordSet(resource) &&
    recordType?.split("/").at(-1)?.toUpperCase() === "SRV" &&
    isKmsName(relativeRecordSetName?.toLowerCase() ?? "");
  return isKms
    ? srvRecords.flatMap((record, index) =>
        record?.target === undefined
          ? []
          : [{ target: record.target, property: `srvRecords[${index}].target` }],
      )
    : [];
}

const isRecordSet = (resource: DeclaredResource) =>
  isAzureNative(resource, "privatedns", "PrivateRecordSet") ||
  isAzureNative(resource, "network", "PrivateRecordSet") ||
  isAzureNative(resource, "dns", "RecordSet") ||
  isAzureNative(resource, "network", "RecordSet");

/** The set of a zone, or of a domain below it: `_vlmcs._tcp.sales`. */
const isKmsName = (name: string) => name === kmsServiceName || name.startsWith(`${kmsServiceName}.`);

const withoutLastDot = (name: string) => name.toLowerCase().replace(/\.$/, "");
