import type { KnownPart } from "./args/known-part";
import { defaultEdition } from "./default-edition";
import type { HostFacts } from "./rules/facts";
import type { Tolerance } from "./rules/settle";

/** The arguments of a KMSHost as far as they are known, once their shape is checked. */
type KnownHostArgs = Omit<HostFacts, "name" | "created" | "azure" | "srvRecords"> &
  Tolerance & {
    vm?: { core?: boolean };
    srvRecords?: { privateZone?: { zoneName?: string }; priority?: number; weight?: number }[];
  };

/** What the rules look at in a KMSHost's arguments. */
export function hostFacts(name: string, { values, unknownPaths }: KnownPart): HostFacts {
  const args = values as KnownHostArgs;
  const created = args.vm !== undefined;
  const { clientPrefixes, srvRecords = [] } = args;
  return {
    ...args,
    name,
    azure: true,
    created,
    edition: args.edition ?? (unknownPaths.has("edition") || !created ? undefined : defaultEdition(args.os)),
    clientPrefixes: clientPrefixes ?? (unknownPaths.has("clientPrefixes") ? undefined : []),
    srvRecords: srvRecords.map(({ privateZone, priority, weight }) => ({
      zoneName: privateZone?.zoneName,
      priority,
      weight,
    })),
  };
}
