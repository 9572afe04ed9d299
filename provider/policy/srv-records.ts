import { computerNameOf, kmsServiceName } from "./product";
import { declaredHosts } from "./components";
import { type DeclaredResource, isAzureNative, isChild } from "./declared-resource";
import { policy, type Violation, violation } from "./policy";

/** Clients ask every host that the records name, and one that nobody runs costs them their activation. */
export const kmsSrvUnknownHost = policy({
  name: "kms-srv-unknown-host",
  description: "SRV records of KMS point to known KMS hosts.",
  enforcementLevel: "advisory",
  scope: "stack",
  parameters: {
    knownHosts: {
      type: "array",
      uniqueItems: true,
      default: [],
      items: {
        type: "string",
        pattern: "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+\\.?$",
      },
      description: "Full names of KMS hosts outside the stack, for example kms1.corp.example",
    },
  },
  review(resources, { knownHosts }) {
    const records = resources.filter((resource) => isChild(resource, "SrvRecord"));
    if (records.some(({ unknown }) => unknown.has("target"))) {
      return [];
    }
    const hosts = declaredHosts(resources).map(({ facts }) => facts);
    const targets = records.map(({ values }) => values.target as string);
    const fqdns = hosts.flatMap(({ args }) => args.machine?.fqdn ?? []);
    const names = new Set([...knownHosts, ...targets, ...fqdns].map(withoutLastDot));
    const computerNames = new Set(hosts.flatMap((host) => computerNameOf(host)?.toLowerCase() ?? []));
    const isKnown = (target: string) => names.has(target) || computerNames.has(target.split(".")[0]);
    return resources.flatMap((resource) =>
      kmsTargets(resource).flatMap(({ target, property }): Violation[] =>
        isKnown(withoutLastDot(target)) ? [] : [violation(resource, "KMS8008", { given: target }, property)],
      ),
    );
  },
});

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
