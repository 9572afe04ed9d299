import type { PrivateDnsManagementClient, RecordSet } from "@azure/arm-privatedns";
import { setTimeout } from "node:timers/promises";
import { deniedAction } from "../azure/denied-action";
import { parsePrivateZoneId } from "../azure/resource-ids";
import { isRestError } from "../azure/rest-error";
import { KmsError } from "../errors/kms-error";
import type { RunOptions } from "../machine/machine";
import { givenUp, isStopped, refuseStopped, StoppedError } from "../machine/stopped";
import {
  type AddressRecords,
  kmsServiceName,
  sameEntry,
  settledTtl,
  type SrvData,
  type SrvSet,
  type SrvZone,
} from "./zone";

/** How often a change is tried again when another writer was faster. */
const attempts = 20;
const firstPauseMilliseconds = 50;

/** What ends calls: nothing is begun after the signal, and what is under way is given up after the grace. */
type Stop = Pick<RunOptions, "signal" | "graceMilliseconds">;

/** An Azure private DNS zone. Its record sets are changed by compare-and-swap on their etags. */
export function azurePrivateDns(
  zoneId: string,
  client: PrivateDnsManagementClient,
  stop: Stop = {},
): SrvZone & { addresses: AddressRecords } {
  const { resourceGroupName, zoneName } = parsePrivateZoneId(zoneId);
  const setOf = (type: "SRV" | "A", name: string) =>
    recordSet(client, [resourceGroupName, zoneName, type, name], stop);
  const srv = setOf("SRV", kmsServiceName);
  return {
    name: zoneName,
    list: async () => recordsOf(await srv.read()),
    read: async () => setOfRecords(await srv.read()),
    add: (record, ttlSeconds, isOurs) =>
      srv.change((set) => {
        const records = recordsOf(set);
        const others = records.filter((other) => !sameEntry(other, record));
        const present = records.some((other) => sameEntry(other, record) && other.port === record.port);
        const ttl = settledTtl(setOfRecords(set), record, ttlSeconds, isOurs);
        return present && set?.ttl === ttl
          ? "keep"
          : { ttl, metadata: set?.metadata, srvRecords: [...others, record] };
      }),
    remove: (record) =>
      srv.change((set) => {
        const records = recordsOf(set);
        const others = records.filter((other) => !sameEntry(other, record));
        if (others.length === records.length) {
          return "keep";
        }
        return others.length === 0
          ? "delete"
          : { ttl: set?.ttl, metadata: set?.metadata, srvRecords: others };
      }),
    addresses: {
      list: async (hostName) => addressesOf(await setOf("A", hostName).read()),
      add: (hostName, address, ttlSeconds) =>
        setOf("A", hostName).change((set) => {
          const others = addressesOf(set).filter((other) => other !== address);
          const present = addressesOf(set).includes(address);
          // The time to live is the set's: it is left to others where they have addresses in it.
          const ttl = others.length > 0 ? set?.ttl : ttlSeconds;
          return present && set?.ttl === ttl
            ? "keep"
            : { ttl, metadata: set?.metadata, aRecords: inAzure([...others, address]) };
        }),
      remove: (hostName, address) =>
        setOf("A", hostName).change((set) => {
          const others = addressesOf(set).filter((other) => other !== address);
          // Azure itself keeps the records that it registers for the machines of a linked network.
          if (set?.isAutoRegistered === true || others.length === addressesOf(set).length) {
            return "keep";
          }
          return others.length === 0
            ? "delete"
            : { ttl: set?.ttl, metadata: set?.metadata, aRecords: inAzure(others) };
        }),
    },
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

const setOfRecords = (set: RecordSet | undefined): SrvSet => ({
  records: recordsOf(set),
  ...(set?.ttl !== undefined && { ttlSeconds: set.ttl }),
});

const addressesOf = (set: RecordSet | undefined) =>
  (set?.aRecords ?? []).map(({ ipv4Address }) => ipv4Address ?? "");

const inAzure = (addresses: string[]) => addresses.map((ipv4Address) => ({ ipv4Address }));

/** Resource group, zone, record type and relative name. */
type RecordSetName = readonly [string, string, "SRV" | "A", string];

/** One record set, missing or not. */
function recordSet(client: PrivateDnsManagementClient, name: RecordSetName, stop: Stop) {
  const [, zoneName] = name;
  const abortSignal = givenUp(stop);
  const read = async (): Promise<RecordSet | undefined> => {
    refuseStopped(zoneName, stop);
    try {
      return await client.recordSets.get(...name, { abortSignal });
    } catch (error) {
      if (hasStatus(error, 404) && !isZoneMissing(error)) {
        return undefined;
      }
      throw isStopped(error, stop) ? new StoppedError(zoneName, false) : explained(error, zoneName);
    }
  };
  const write = async (next: RecordSet | "delete", set: RecordSet | undefined) => {
    if (next === "delete") {
      await client.recordSets.delete(...name, { ifMatch: set?.etag, abortSignal });
    } else {
      const condition = set === undefined ? { ifNoneMatch: "*" } : { ifMatch: set.etag };
      await client.recordSets.createOrUpdate(...name, next, { ...condition, abortSignal });
    }
  };
  const change = async (nextOf: (set: RecordSet | undefined) => RecordSet | "delete" | "keep") => {
    for (let attempt = 1; ; attempt++) {
      const set = await read();
      const next = nextOf(set);
      if (next === "keep") {
        return;
      }
      refuseStopped(zoneName, stop);
      try {
        return await write(next, set);
      } catch (error) {
        if (isStopped(error, stop)) {
          throw new StoppedError(zoneName, true, { cause: error });
        }
        if (!hasStatus(error, 412) || attempt === attempts) {
          throw explained(error, zoneName);
        }
        const pause = firstPauseMilliseconds * Math.min(attempt, 10) * (0.5 + Math.random());
        await setTimeout(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  };
  return { read, change };
}

const hasStatus = (error: unknown, status: number) => isRestError(error) && error.statusCode === status;

/** A missing zone is an error, a missing record set is an empty one; both answer 404. */
const isZoneMissing = (error: unknown) =>
  isRestError(error) && ["ParentResourceNotFound", "ResourceGroupNotFound"].includes(error.code ?? "");

function explained(error: unknown, zoneName: string): KmsError {
  const reason = error instanceof Error ? error.message : String(error);
  const denied = hasStatus(error, 403) ? deniedAction(error) : undefined;
  const code = isZoneMissing(error) ? "KMS5001" : denied === undefined ? "KMS5002" : "KMS5044";
  return new KmsError(code, {
    values: { given: zoneName, reason, ...denied },
    cause: error,
  });
}
