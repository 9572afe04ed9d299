import type { KnownPart } from "../args/known-part";
import { computerNameFrom } from "../vm/computer-name";
import { defaultEdition } from "../vm/default-edition";
import type { HostFacts } from "../rules/facts";
import type { Tolerance } from "../rules/settle";

interface KnownRecord {
  privateZone?: { zoneName?: string };
  dnsUpdate?: { zoneName?: string };
  priority?: number;
  weight?: number;
  target?: string;
}

/** The arguments of a KMSHost as far as they are known, once their shape is checked. */
type KnownHostArgs = Omit<HostFacts, "name" | "created" | "azure" | "srvRecords"> &
  Tolerance & {
    vm?: { core?: boolean };
    ssh?: unknown;
    srvRecords?: KnownRecord[];
  };

/** What the rules look at in a KMSHost's arguments. */
export function hostFacts(name: string, { values, unknownPaths }: KnownPart): HostFacts & Tolerance {
  const args = values as KnownHostArgs;
  const { ssh } = args;
  const created = args.vm !== undefined;
  const { clientPrefixes, srvRecords = [] } = args;
  return {
    name,
    keyGroup: args.keyGroup,
    os: args.os,
    productKey: args.productKey,
    activation: args.activation,
    port: args.port,
    updates: args.updates,
    osBuild: args.osBuild,
    image: args.image,
    network: args.network,
    hostLimitException: args.hostLimitException,
    ...(args.officeKeys && {
      officeKeys: args.officeKeys,
      office: args.officeKeys.flatMap(({ office }) => (office === undefined ? [] : [office])),
    }),
    strict: args.strict,
    acknowledge: args.acknowledge,
    azure: ssh === undefined,
    created,
    edition: args.edition ?? (unknownPaths.has("edition") || !created ? undefined : defaultEdition(args.os)),
    clientPrefixes: clientPrefixes ?? (unknownPaths.has("clientPrefixes") ? undefined : []),
    computerName: created ? (args.computerName ?? madeName(name, unknownPaths)) : undefined,
    srvRecords: srvRecords.map(({ privateZone, dnsUpdate, priority, weight, target }) => ({
      zoneName: (privateZone ?? dnsUpdate)?.zoneName,
      priority,
      weight,
      ...(target !== undefined && { target }),
    })),
  };
}

const madeName = (name: string, unknownPaths: ReadonlySet<string>) =>
  unknownPaths.has("computerName") ? undefined : computerNameFrom(name);
