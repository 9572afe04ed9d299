import { limits } from "../../catalog/limits";
import { hresults, LicensingFailure } from "./hresults";
import { srvOrder } from "./srv-order";
import {
  discoveryOf,
  type InstalledProduct,
  type KmsAddress,
  type KmsDiscovery,
  type WindowsMachine,
} from "./windows-machine";
import type { World } from "./world";

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
  return srvOrder(records, random).map(({ target, port }) => ({ name: target.replace(/\.$/, ""), port }));
}

const sameHost = (left: KmsAddress, right: KmsAddress) =>
  left.name.toLowerCase() === right.name.toLowerCase() && left.port === right.port;
