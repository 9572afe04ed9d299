import {
  addressRange,
  type AddressRange,
  coverageOfAll,
  isPrivateRange,
} from "./azure-network/address-ranges";
import { mayBeConnected } from "./azure-network/peerings";
import type { Place } from "./azure-network/program-network";
import { nextHopOf } from "./azure-network/routes";
import { prefixCoverage } from "./azure-network/security-rules";
import { NextHopType } from "../catalog/constants";
import { type Diagnostic, diagnostic, listed } from "./diagnostic";
import { type GroupFacts, type HostFacts, isCreated } from "./facts";
import type { ProgramIndex } from "./program-index";

/*
 * Members that are reached over SSH, as in an office or a data centre, by the private addresses that they alone have.
 */

interface Server {
  address: string;
  range: AddressRange;
}

const loopback = ["127.0.0.0/8", "::1"].flatMap((prefix) => addressRange(prefix) ?? []);

/** An address that several members share is that of a router before them. */
function serversOf({ args }: GroupFacts): Server[] {
  const addresses = (args.machines?.ssh?.machines ?? []).flatMap(({ host }) => host ?? []);
  const counts = new Map<string, number>();
  addresses.forEach((address) => counts.set(address, (counts.get(address) ?? 0) + 1));
  return addresses.flatMap((address) => {
    const range = counts.get(address) === 1 ? addressRange(address) : undefined;
    const isOwn = range !== undefined && isPrivateRange(range) && coverageOfAll(loopback, [range]) === "none";
    return isOwn ? [{ address, range }] : [];
  });
}

/** Whether the requests of such members are let in by a host, and its answers find them. */
export function onPremisesDiagnostics(
  group: GroupFacts,
  host: HostFacts,
  to: Place | undefined,
  path: string,
  index: ProgramIndex,
): Diagnostic[] {
  const servers = serversOf(group);
  return servers.length === 0
    ? []
    : [...leftOutDiagnostics(servers, host, path), ...propagationDiagnostics(servers, host, to, path, index)];
}

function leftOutDiagnostics(servers: Server[], host: HostFacts, path: string): Diagnostic[] {
  const prefixes = host.args.clientPrefixes ?? [];
  const known = prefixes.filter((prefix) => prefix !== undefined);
  const isOpen = [...host.unknown].some((one) => one.startsWith("clientPrefixes") || one === "");
  const left = servers.filter(
    ({ range }) => prefixCoverage(known, { kind: "network", ranges: [range] }, false) === "none",
  );
  if (
    !isCreated(host) ||
    known.length === 0 ||
    known.length < prefixes.length ||
    isOpen ||
    left.length === 0
  ) {
    return [];
  }
  const part = left.length === servers.length ? "the members" : "some members";
  const values = { host: host.name, from: "machines.ssh", given: inWords(left), part };
  return [diagnostic("KMS2272", "warning", path, values)];
}

/**
 * A route table that takes no routes of gateways knows no way to networks behind them. Source: learn.microsoft.com
 * virtual-networks-udr-overview, disableBgpRoutePropagation.
 */
function propagationDiagnostics(
  servers: Server[],
  host: HostFacts,
  to: Place | undefined,
  path: string,
  { network: { all } }: ProgramIndex,
): Diagnostic[] {
  const table = to?.subnet.routeTable;
  if (to === undefined || typeof table !== "object" || !mayBeConnected(to.subnet, all)) {
    return [];
  }
  const lost = servers.filter(({ range }) => {
    const hop = nextHopOf(table, [range]);
    return hop?.type === NextHopType.Internet && !isInProgram(range, all);
  });
  return table.resource.values.disableBgpRoutePropagation !== true || lost.length === 0
    ? []
    : [
        diagnostic("KMS2152", "warning", path, {
          table: `the route table "${table.resource.name}"`,
          host: host.name,
          given: inWords(lost),
        }),
      ];
}

/** Whether a virtual network of the program has an address. */
const isInProgram = (range: AddressRange, all: ProgramIndex["network"]["all"]): boolean =>
  all.of("network:VirtualNetwork").some(({ values }) => {
    const { addressPrefixes = [] } = (values.addressSpace ?? {}) as { addressPrefixes?: unknown[] };
    const space = addressPrefixes.flatMap((prefix) =>
      typeof prefix === "string" ? (addressRange(prefix) ?? []) : [],
    );
    return coverageOfAll(space, [range]) !== "none";
  });

/** Addresses in words, of which the first three are named. */
function inWords(servers: readonly Server[]): string {
  const items = servers.map(({ address }) => address);
  return items.length <= 4
    ? listed(items)
    : `${items.slice(0, 3).join(", ")} and ${items.length - 3} more addresses`;
}
