import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { hresults, LicensingFailure } from "./hresults";
import {
  discoveryOf,
  type InstalledProduct,
  type KmsAddress,
  type KmsDiscovery,
  type WindowsMachine,
} from "./windows-machine";
import type { LabSrvRecord, World } from "./world";

/**
 * The KMS hosts that a client tries, in order: a fixed one alone, else the one of its last success, then SRV records.
 * Source: Microsoft's KMS Activation Timing and Discovery for Volume Activation.
 * @throws LicensingFailure 0x8007232B when there is neither
 */
export function kmsCandidates(
  machine: WindowsMachine,
  product: InstalledProduct,
  world: World,
): KmsAddress[] {
  const discovery = discoveryOf(machine, product);
  if (discovery.machine !== "") {
    return [{ name: discovery.machine, port: discovery.port || limits.kmsPort }];
  }
  const cached = discovery.caching && product.cachedHost !== undefined ? [product.cachedHost] : [];
  const published = fromDns(machine, discovery, world).filter(
    (found) => !cached.some((host) => sameHost(host, found)),
  );
  if (cached.length + published.length === 0) {
    throw new LicensingFailure(hresults.dnsNameDoesNotExist);
  }
  return [...cached, ...published];
}

function fromDns(
  { spec }: WindowsMachine,
  discovery: KmsDiscovery,
  { network, random }: World,
): KmsAddress[] {
  const domain = discovery.lookupDomain || spec.domain || network.dnsSuffix(spec.id);
  const records = domain === "" ? [] : network.srvRecords(spec.id, domain);
  // Which port Windows takes where one is stored without a name is documented nowhere: here the stored one.
  return srvOrder(records, random).map(({ target, port }) => ({
    name: target.replace(/\.$/, ""),
    port: discovery.port || port,
  }));
}

const sameHost = (left: KmsAddress, right: KmsAddress) =>
  left.name.toLowerCase() === right.name.toLowerCase() && left.port === right.port;

/**
 * The order in which a KMS client tries its SRV records: by priority, and among equals at random, where a record with
 * twice the weight comes first twice as often.
 * @see https://www.rfc-editor.org/rfc/rfc2782
 */
export function srvOrder(records: readonly LabSrvRecord[], random: () => number): LabSrvRecord[] {
  const waiting = [...records];
  const ordered: LabSrvRecord[] = [];
  while (waiting.length > 0) {
    const priority = Math.min(...waiting.map((record) => record.priority));
    const equals = waiting.filter((record) => record.priority === priority);
    const next = pick(equals, random);
    waiting.splice(waiting.indexOf(next), 1);
    ordered.push(next);
  }
  return ordered;
}

/** Records of weight 0 are only ever picked first when the random number is 0 or no other is left. */
function pick(records: LabSrvRecord[], random: () => number): LabSrvRecord {
  const total = records.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) {
    return records[Math.min(records.length - 1, Math.floor(random() * records.length))];
  }
  let left = random() * total;
  for (const record of records) {
    left -= record.weight;
    if (left < 0) {
      return record;
    }
  }
  return records.at(-1)!;
}
