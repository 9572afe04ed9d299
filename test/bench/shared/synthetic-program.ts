import type { ProgramToValidate } from "pulumi-windows-kms";

/** Size and form of a program. */
export interface Shape {
  hosts: number;
  groups: number;
  membersPerGroup: number;
  /** `spread`: a key for each host and a host for each group; `shared`: one key, and one host for all groups. */
  form: "spread" | "shared";
}

type Hosts = NonNullable<ProgramToValidate["hosts"]>;
type Groups = NonNullable<ProgramToValidate["groups"]>;

/** A program whose hosts and groups are both there. */
export type SyntheticProgram = ProgramToValidate & { hosts: Hosts; groups: Groups };

/** A valid program of hosts and groups; the groups list their machines by ID. */
export function syntheticProgram({ hosts, groups, membersPerGroup, form }: Shape): SyntheticProgram {
  const hostsOfKey = form === "spread" ? undefined : hosts;
  return {
    today: "2026-01-01",
    hosts: named(hosts, "host", (index) => hostOf(index, hostsOfKey)),
    groups: named(groups, "group", (index) =>
      groupOf(index, form === "spread" ? index % hosts : 0, membersPerGroup),
    ),
  };
}

const named = <Args>(count: number, name: string, argsOf: (index: number) => Args): Record<string, Args> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}-${index}`, argsOf(index)]));

const hostOf = (index: number, hostsOfKey: number | undefined): Hosts[string] => ({
  key: {
    keyGroup: "Volume License for Windows Server 2022",
    productKey: inventedKey(hostsOfKey === undefined ? index : 0),
    ...(hostsOfKey !== undefined && { hostLimitException: { hosts: hostsOfKey, reference: "invented" } }),
  },
  os: "Windows Server 2022",
  edition: "Datacenter",
  machine: {
    create: {
      resourceGroupName: "bench",
      subnetId: resourceId("Network/virtualNetworks/bench/subnets/hosts"),
      adminPassword: "A password for benchmarks",
      computerName: `host-${index}`,
    },
  },
  clientPrefixes: ["10.20.0.0/16"],
  zones: [
    { zoneName: "corp.example", azurePrivateZoneId: resourceId("Network/privateDnsZones/corp.example") },
  ],
});

const groupOf = (index: number, host: number, members: number): Groups[string] => ({
  hosts: [`host-${host}`],
  os: "Windows Server 2022",
  edition: "Datacenter",
  machines: {
    azureVmIds: Array.from({ length: members }, (_, member) =>
      resourceId(`Compute/virtualMachines/vm-${index}-${member}`),
    ),
  },
});

const resourceId = (path: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/bench/providers/Microsoft.${path}`;

/** No real product key has more than one N. */
const inventedKey = (index: number) =>
  `BENCH-NNNNN-NNNNN-NNNNN-${index.toString(36).toUpperCase().padStart(5, "0")}`;
