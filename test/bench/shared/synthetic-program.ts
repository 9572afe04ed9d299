import type { GroupFacts, HostFacts, ProgramToValidate } from "pulumi-windows-kms";

/** Size and form of a program. */
export interface Shape {
  hosts: number;
  groups: number;
  membersPerGroup: number;
  /** `spread`: a key for each host and a host for each group; `shared`: one key, and one host for all groups. */
  form: "spread" | "shared";
}

/** A valid program of hosts and groups, whose machines are given by their IDs. */
export function syntheticProgram({ hosts, groups, membersPerGroup, form }: Shape): ProgramToValidate {
  return {
    today: "2026-01-01",
    hosts: Array.from({ length: hosts }, (_, index) => hostOf(index, form === "spread" ? undefined : hosts)),
    groups: Array.from({ length: groups }, (_, index) =>
      groupOf(index, form === "spread" ? index % hosts : 0, membersPerGroup),
    ),
  };
}

function hostOf(index: number, hostsOfKey: number | undefined): HostFacts {
  return {
    name: `host-${index}`,
    keyGroup: "Volume License for Windows Server 2022",
    os: "Windows Server 2022",
    edition: "Datacenter",
    productKey: inventedKey(hostsOfKey === undefined ? index : 0),
    azure: true,
    created: true,
    clientPrefixes: ["10.20.0.0/16"],
    srvRecords: [{ zoneName: "corp.example", priority: 0, weight: 0 }],
    ...(hostsOfKey !== undefined && { hostLimitException: { hosts: hostsOfKey, reference: "invented" } }),
  };
}

function groupOf(index: number, host: number, members: number): GroupFacts {
  return {
    name: `group-${index}`,
    hosts: [`host-${host}`],
    os: "Windows Server 2022",
    edition: "Datacenter",
    azure: true,
    count: members,
    azureVmIds: Array.from({ length: members }, (_, member) => machineId(`vm-${index}-${member}`)),
    lookupDomain: "corp.example",
  };
}

const machineId = (name: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/bench/providers/Microsoft.Compute/virtualMachines/${name}`;

/** No real product key has more than one N. */
const inventedKey = (index: number) =>
  `BENCH-NNNNN-NNNNN-NNNNN-${index.toString(36).toUpperCase().padStart(5, "0")}`;
