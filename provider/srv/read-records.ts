import { azureClients } from "../azure/clients";
import type { Environment } from "../azure/cloud";
import { parsePrivateZoneId } from "../azure/resource-ids";
import { isRestError } from "../azure/rest-error";
import { timeLimit } from "../azure/time-limit";
import { dnsClient } from "./dns-client";
import { listRequest, setName } from "./dynamic-update";
import { tsigKey } from "./tsig";
import { canonicalName, kmsServiceName, type ZoneAddress } from "./zone";

/** The record set of a zone as a preview reads it. */
export interface KmsRecords {
  /** Names of the KMS hosts, without final periods. */
  targets: string[];
  /** How long clients keep them; undefined without records. */
  ttlSeconds?: number;
}

/** Long enough for a server on the way, short enough for a preview. */
const timeoutMilliseconds = 5000;

/** Reads the KMS records of a zone, once and without waiting long; undefined for a zone that nobody can be asked about. */
export async function readKmsRecords(zone: ZoneAddress, env: Environment): Promise<KmsRecords | undefined> {
  if (zone.azurePrivateZoneId !== undefined) {
    return readAzureRecords(zone.azurePrivateZoneId, env);
  }
  const { zoneName, dynamicUpdate } = zone;
  if (dynamicUpdate === undefined) {
    return undefined;
  }
  const settings = { timeoutMilliseconds, udpTries: 1, nowSeconds: () => Math.floor(Date.now() / 1000) };
  const client = dnsClient(zoneName, dynamicUpdate.servers, tsigKey(dynamicUpdate.tsig), settings);
  const { answers = [] } = await client.ask(listRequest(zoneName), ["NOERROR", "NXDOMAIN"]);
  const records = answers.filter(
    (answer) => answer.type === "SRV" && canonicalName(answer.name) === canonicalName(setName(zoneName)),
  ) as { data: { target: string }; ttl?: number }[];
  return {
    targets: records.map(({ data }) => canonicalName(data.target)),
    ...(records[0]?.ttl !== undefined && { ttlSeconds: records[0].ttl }),
  };
}

async function readAzureRecords(zoneId: string, env: Environment): Promise<KmsRecords> {
  const { subscriptionId, resourceGroupName, zoneName } = parsePrivateZoneId(zoneId);
  const { recordSets } = azureClients(env).privateDns(subscriptionId);
  try {
    const abortSignal = timeLimit(timeoutMilliseconds);
    const set = await recordSets.get(resourceGroupName, zoneName, "SRV", kmsServiceName, { abortSignal });
    return {
      targets: (set.srvRecords ?? []).map(({ target }) => canonicalName(target ?? "")),
      ttlSeconds: set.ttl,
    };
  } catch (error) {
    // A zone that the update is about to make is not there either.
    if (isRestError(error) && error.statusCode === 404) {
      return { targets: [] };
    }
    throw error;
  }
}
