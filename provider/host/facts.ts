import type { KnownPart } from "../component/known-part";
import type { HostFacts } from "../rules/facts";
import { machineSourceDiagnostics } from "../rules/machines";
import { computerNameFrom } from "../rules/names";
import type { ProgramIndex } from "../rules/program-index";
import { lookupDiagnostics } from "../rules/validate";
import type { Tolerance, Diagnostic } from "../rules/diagnostic";
import { defaultEdition } from "./windows-machine";

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

interface KnownLookup extends Tolerance {
  keyGroup?: string;
  os?: string;
  port?: number;
  zoneNames?: (string | undefined)[];
  officeVersions?: string[];
  updates?: string[];
  osBuild?: string;
}

/** What the rules look at in a host that another program manages. */
export function lookupFacts(name: string, { values, unknownPaths }: KnownPart): HostFacts & Tolerance {
  const { zoneNames = [], ...args } = values as KnownLookup;
  return {
    name,
    keyGroup: args.keyGroup,
    os: args.os,
    port: args.port,
    office: args.officeVersions,
    updates: args.updates,
    osBuild: args.osBuild,
    strict: args.strict,
    acknowledge: args.acknowledge,
    elsewhere: true,
    created: false,
    azure: values.azureVmId !== undefined || unknownPaths.has("azureVmId"),
    srvRecords: zoneNames.map((zoneName) => ({ zoneName })),
  };
}

/** What is wrong with the look-up of a host. */
export function lookupReview(facts: HostFacts, known: KnownPart, program: ProgramIndex): Diagnostic[] {
  const isGiven = (name: string) => known.values[name] !== undefined || known.unknownPaths.has(name);
  const sources = ["azureVmId", "ssh"].some(isGiven) ? ["azureVmId", "ssh"] : ["azureVmId", "ssh", "fqdn"];
  return [
    ...machineSourceDiagnostics(known.values, known.unknownPaths, sources),
    ...lookupDiagnostics(facts, program),
  ];
}
