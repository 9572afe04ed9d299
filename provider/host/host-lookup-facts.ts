import type { KnownPart } from "../args/known-part";
import type { HostFacts } from "../rules/facts";
import { lookupVerdicts } from "../rules/lookup-verdicts";
import { machineSourceVerdicts } from "../rules/machine-source";
import type { ProgramIndex } from "../rules/program-index";
import type { Tolerance } from "../rules/settle";
import type { Verdict } from "../rules/verdict";

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
export function lookupReview(facts: HostFacts, known: KnownPart, program: ProgramIndex): Verdict[] {
  const isGiven = (name: string) => known.values[name] !== undefined || known.unknownPaths.has(name);
  const sources = ["azureVmId", "ssh"].some(isGiven) ? ["azureVmId", "ssh"] : ["azureVmId", "ssh", "fqdn"];
  return [
    ...machineSourceVerdicts(known.values, known.unknownPaths, sources),
    ...lookupVerdicts(facts, program),
  ];
}
