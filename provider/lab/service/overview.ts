import { licenseStatusName, textTable } from "pulumi-windows-kms/bin/provider/testing";
import { parseArmPath } from "../arm/arm-path";
import { resourceGroupType } from "../arm/remove-resource";
import type { RequestCount } from "../arm/request-log";
import { type LabControl, labControl } from "../control/lab-control";
import { millisecondsPerDay, millisecondsPerMinute } from "../windows/clock";
import type { MachineSnapshot } from "../windows/licensing-state";
import type { LabAddress } from "./environment";

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

const minutesPerDay = millisecondsPerDay / millisecondsPerMinute;

/** What a lab holds, for people. */
export function overviewText(overview: LabOverview): string[] {
  const { arm, pid, startedAt, now, resources, machines, requests } = overview;
  return [
    `lab on ${arm}, process ${pid}, since ${minute(startedAt)}; its clock: ${minute(now)}`,
    "",
    ...textTable(
      ["resources", "count"],
      resources.map(({ type, count }) => [type, String(count)]),
    ),
    "",
    ...textTable(
      ["machines", "running", "status", "key", "channel", "days left", "count"],
      machines.map((machine) => [
        machine.computerName,
        machine.running ? "yes" : "no",
        machine.licenseStatus,
        machine.partialProductKey || "none",
        machine.productKeyChannel || "-",
        machine.minutesLeft === 0 ? "-" : (machine.minutesLeft / minutesPerDay).toFixed(1),
        machine.currentCount === undefined ? "" : String(machine.currentCount),
      ]),
    ),
    "",
    ...textTable(
      ["requests", "method", "count"],
      requests.map(({ type, method, count }) => [type, method, String(count)]),
    ),
  ];
}

/** ISO 8601 to the minute, for example `2026-11-25T16:25Z`. */
const minute = (time: string) => `${time.slice(0, 16)}Z`;
