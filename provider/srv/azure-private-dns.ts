import type { PrivateDnsManagementClient, RecordSet } from "@azure/arm-privatedns";
import { RestError } from "@azure/core-rest-pipeline";
import { setTimeout } from "node:timers/promises";
import { KmsError } from "../errors/kms-error";
import { kmsServiceName, sameEntry, type SrvData, type SrvZone } from "./zone";

/** Where a private zone is. */
export interface PrivateZoneAddress {
  subscriptionId: string;
  resourceGroupName: string;
  zoneName: string;
}

/** How often a change is tried again when another writer was faster. */
const attempts = 20;
const firstPauseMilliseconds = 50;

/** The `_vlmcs._tcp` set of an Azure private DNS zone, changed by compare-and-swap on its etag. */
export function azurePrivateDns(address: PrivateZoneAddress, client: PrivateDnsManagementClient): SrvZone {
  const { resourceGroupName, zoneName } = address;
  const place = [resourceGroupName, zoneName, "SRV", kmsServiceName] as const;

  const read = async (): Promise<RecordSet | undefined> => {
    try {
      return await client.recordSets.get(...place);
    } catch (error) {
      if (hasStatus(error, 404) && !isZoneMissing(error)) {
        return undefined;
      }
      throw explain(error, zoneName);
    }
  };

  const change = async (next: (records: SrvData[], set?: RecordSet) => RecordSet | "delete" | "keep") => {
    for (let attempt = 1; ; attempt++) {
      const set = await read();
      const wanted = next(recordsOf(set), set);
      if (wanted === "keep") {
        return;
      }
      try {
        if (wanted === "delete") {
          await client.recordSets.delete(...place, { ifMatch: set?.etag });
        } else {
          const condition = set === undefined ? { ifNoneMatch: "*" } : { ifMatch: set.etag };
          await client.recordSets.createOrUpdate(...place, wanted, condition);
        }
        return;
      } catch (error) {
        if (!hasStatus(error, 412) || attempt === attempts) {
          throw explain(error, zoneName);
        }
        await setTimeout(firstPauseMilliseconds * Math.min(attempt, 10) * (0.5 + Math.random()));
      }
    }
  };

  return {
    name: zoneName,
    list: async () => recordsOf(await read()),
    add: (record, ttlSeconds) =>
      change((records, set) => {
        const others = records.filter((other) => !sameEntry(other, record));
        const present = records.some((other) => sameEntry(other, record) && other.port === record.port);
        return present && set?.ttl === ttlSeconds
          ? "keep"
          : { ttl: ttlSeconds, srvRecords: [...others, record] };
      }),
    remove: (record) =>
      change((records, set) => {
        const others = records.filter((other) => !sameEntry(other, record));
        if (others.length === records.length) {
          return "keep";
        }
        return others.length === 0
          ? "delete"
          : { ttl: set?.ttl, metadata: set?.metadata, srvRecords: others };
      }),
  };
}

function recordsOf(set: RecordSet | undefined): SrvData[] {
  return (set?.srvRecords ?? []).map(({ priority, weight, port, target }) => ({
    priority: priority ?? 0,
    weight: weight ?? 0,
    port: port ?? 0,
    target: target ?? "",
  }));
}

const hasStatus = (error: unknown, status: number) =>
  error instanceof RestError && error.statusCode === status;

/** A missing zone is an error, a missing record set is an empty one; both answer 404. */
const isZoneMissing = (error: unknown) =>
  error instanceof RestError &&
  ["ParentResourceNotFound", "ResourceGroupNotFound"].includes(error.code ?? "");

function explain(error: unknown, zoneName: string): KmsError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KmsError(isZoneMissing(error) ? "KMS5001" : "KMS5002", {
    values: { given: zoneName, reason },
    cause: error,
  });
}
