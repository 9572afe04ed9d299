import { textTable } from "../../report/text-table";
import { millisecondsPerDay, millisecondsPerMinute } from "../windows/clock";
import type { LabOverview } from "./lab-overview";

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
