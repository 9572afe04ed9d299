import { licenseStatusName } from "../../machine/licensing-answer";
import { parseArmPath } from "../arm/arm-path";
import { type LabControl, labControl } from "../arm/lab-control";
import { resourceGroupType } from "../arm/remove-resources";
import type { RequestCount } from "../arm/request-counts";
import type { LabAddress } from "../main";
import type { MachineSnapshot } from "../windows/snapshot";

/** How many resources of a type the lab has. */
export interface ResourceCount {
  type: string;
  count: number;
}

/** A simulated machine with its licensing state. */
export interface MachineOverview {
  computerName: string;
  running: boolean;
  /** Name of the license status, for example `Licensed`. */
  licenseStatus: string;
  /** Last five characters of its product key; "" without one. */
  partialProductKey: string;
  /** For example `Volume:GVLK`. */
  productKeyChannel: string;
  /** Minutes until the activation or the grace period ends; 0 for one that does not end, and after the end. */
  minutesLeft: number;
  /** Machines that a KMS host counts. */
  currentCount?: number;
}

/** What a running lab holds. */
export interface LabOverview {
  running: true;
  arm: string;
  azureNative: number;
  pid: number;
  startedAt: string;
  /** The lab's own time, ISO 8601. */
  now: string;
  /** By type. */
  resources: ResourceCount[];
  machines: MachineOverview[];
  /** Requests to Azure Resource Manager since the start, by method and type. */
  requests: RequestCount[];
}

/** Asks a lab what it holds. */
export async function labOverview(
  lab: LabAddress,
  control: Pick<LabControl, "resources" | "machines" | "requests" | "now"> = labControl(lab.arm),
): Promise<LabOverview> {
  const { arm, azureNative, pid, startedAt } = lab;
  return {
    running: true,
    arm,
    azureNative,
    pid,
    startedAt,
    now: (await control.now()).toISOString(),
    resources: countByType(await control.resources()),
    machines: (await control.machines()).map(machineOverview),
    requests: (await control.requests()).sort((one, other) => compare(one.type, other.type)),
  };
}

function countByType(ids: string[]): ResourceCount[] {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const type = parseArmPath(id)?.type ?? resourceGroupType;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((one, other) => compare(one.type, other.type));
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function machineOverview(machine: MachineSnapshot): MachineOverview {
  const { computerName, running, partialProductKey, productKeyChannel, minutesLeft, currentCount } = machine;
  return {
    computerName,
    running,
    licenseStatus: licenseStatusName(machine.licenseStatus),
    partialProductKey,
    productKeyChannel,
    minutesLeft,
    ...(currentCount !== undefined && { currentCount }),
  };
}
