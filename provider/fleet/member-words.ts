import type { MemberStatus } from "../activation/client-outcome";
import type { FleetReport, StatusCounts } from "./fleet-report";
import { inAttentionOrder } from "./member-order";

const words: Record<MemberStatus, string> = {
  Licensed: "licensed",
  Pending: "pending",
  Failed: "failed",
  Unreachable: "unreachable",
  Drifted: "drifted",
  NotStarted: "not started",
};

/** `995 of 1000 licensed, 3 failed, 2 pending` */
export function countsInWords(counts: StatusCounts, all: number): string {
  const others = inAttentionOrder(counts).filter(([status]) => status !== "Licensed");
  return [
    `${counts.Licensed ?? 0} of ${all} licensed`,
    ...others.map(([status, number]) => `${number} ${words[status]}`),
  ].join(", ");
}

/** The stack's name with its project's; what a stack that was never updated is called is not known. */
export const stackInWords = ({ stack: { name, project } }: FleetReport) =>
  name === "" ? "empty stack" : `${project}/${name}`;

/** A time to the minute: `2027-05-24 16:25Z`. */
export const minuteOf = (time: string) =>
  Number.isNaN(Date.parse(time)) ? "" : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")}Z`;
