/** The members of a security rule that say who may reach what; what is not known yet is left out. */
export interface SecurityRule {
  access?: string;
  direction?: string;
  /** Smaller numbers come first. */
  priority?: number;
  protocol?: string;
  destinationPortRange?: string;
  destinationPortRanges?: (string | undefined)[];
  sourcePortRange?: string;
  sourcePortRanges?: (string | undefined)[];
  sourceAddressPrefix?: string;
  sourceAddressPrefixes?: (string | undefined)[];
  destinationAddressPrefix?: string;
}

/** Whether a rule lets its sources reach this TCP port. */
export const allowsInbound = (rule: SecurityRule, port: number) =>
  is(rule.access, "allow") && concernsPort(rule, port);

/** Whether a rule keeps everybody from this TCP port, whatever comes behind it. */
export const deniesEverybody = (rule: SecurityRule, port: number) =>
  is(rule.access, "deny") &&
  concernsPort(rule, port) &&
  sourcesOf(rule).some(isAnywhere) &&
  rule.sourcePortRange === "*" &&
  isAnywhere(rule.destinationAddressPrefix ?? "");

/** Address prefixes and service tags of a rule's sources, as far as they are known. */
export function sourcesOf({ sourceAddressPrefix, sourceAddressPrefixes = [] }: SecurityRule): string[] {
  return [sourceAddressPrefix, ...sourceAddressPrefixes].filter((prefix) => prefix !== undefined);
}

const concernsPort = (rule: SecurityRule, port: number) =>
  is(rule.direction, "inbound") &&
  (is(rule.protocol, "tcp") || rule.protocol === "*") &&
  [rule.destinationPortRange, ...(rule.destinationPortRanges ?? [])].some((range) => includes(range, port));

/** A range is `*`, `1688` or `1024-65535`. */
function includes(range: string | undefined, port: number): boolean {
  if (range === undefined || range === "*") {
    return range === "*";
  }
  const [from, to = from] = range.split("-").map(Number);
  return from <= port && port <= to;
}

const isAnywhere = (prefix: string) => prefix === "*" || prefix === "0.0.0.0/0";

/** Azure takes these words in any case. */
const is = (word: string | undefined, wanted: string) => word?.toLowerCase() === wanted;
