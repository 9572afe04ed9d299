import type { ScriptTiming } from "../arm/async-operations";

/** A fault that the next matching requests meet. */
export interface Fault {
  /**
   * Regular expression on `METHOD path`, without the query, and on `SSH NAME` of a command on a machine over SSH; case is
   * ignored.
   */
  match: string;
  /** How many requests meet it. @default 1 */
  times?: number;
  /** HTTP status of the refusal. Without status, afterWork and failOperation the request is only delayed. */
  status?: number;
  /** Azure's error code of the refusal. @default "LabFault" */
  code?: string;
  /** `Retry-After` of the refusal. */
  retryAfterSeconds?: number;
  /** The request waits this long before anything happens. */
  delayMilliseconds?: number;
  /** The work is done, but the connection breaks before the answer. */
  afterWork?: boolean;
  /** A run command, or a command over SSH: its script begins so much of the lab's time after the answer. */
  scriptDelayMilliseconds?: number;
  /**
   * The same: its script goes on for so much of the lab's time, and activates in the middle. A deletion of a run command is
   * under way for so long.
   */
  scriptMilliseconds?: number;
  /**
   * The same: its script does not wait for the one that is on the machine already, as the package's script does. Two of
   * them may then activate the machine twice.
   */
  sideBySide?: boolean;
  /** The request is accepted, its asynchronous operation fails with `code` and nothing of its work is done. */
  failOperation?: boolean;
}

/** The members of a fault besides `match`: their type, and what they do, for the person at the terminal. */
export const faultMembers: Record<
  Exclude<keyof Fault, "match">,
  { type: "number" | "string" | "boolean"; does: string; range?: [least: number, most: number] }
> = {
  times: {
    type: "number",
    range: [1, 1_000_000],
    does: "how many requests meet the fault; 1 if it is left out",
  },
  status: { type: "number", range: [400, 599], does: "HTTP status that the request is refused with" },
  code: { type: "string", does: "Azure's error code of the refusal, or of the failed operation" },
  retryAfterSeconds: { type: "number", does: "`Retry-After` of the refusal" },
  delayMilliseconds: { type: "number", does: "the request waits this long before anything happens" },
  afterWork: { type: "boolean", does: "the work is done, but the connection breaks before the answer" },
  scriptDelayMilliseconds: {
    type: "number",
    does: "the script of a run command or SSH command begins so much of the lab's time later",
  },
  scriptMilliseconds: {
    type: "number",
    does: "the script takes so much of the lab's time and activates in the middle of it, or a run command's deletion takes it",
  },
  sideBySide: {
    type: "boolean",
    does: "the script does not wait for another one on the machine, so both may activate it",
  },
  failOperation: {
    type: "boolean",
    does: "the request is accepted, its asynchronous operation fails, and nothing of its work is done",
  },
};

/** The faults that wait for requests. */
export interface Faults {
  add(fault: Fault): void;
  /** The oldest fault that fits the request; it is used up once by this. */
  take(request: string): Fault | undefined;
  clear(): void;
}

/** Creates an empty list of faults. */
export function createFaults(): Faults {
  let waiting: { fault: Fault; pattern: RegExp; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, pattern: new RegExp(fault.match, "i"), left: fault.times ?? 1 });
    },
    take(request) {
      const found = waiting.find(({ pattern, left }) => left > 0 && pattern.test(request));
      if (found === undefined) {
        return undefined;
      }
      found.left--;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.fault;
    },
    clear() {
      waiting = [];
    },
  };
}

/** How the script of a request that meets the fault takes its time; undefined for one that is done at once. */
export function timingOf(fault: Fault | undefined): ScriptTiming | undefined {
  const { scriptDelayMilliseconds, scriptMilliseconds, sideBySide } = fault ?? {};
  return scriptDelayMilliseconds === undefined && scriptMilliseconds === undefined && sideBySide === undefined
    ? undefined
    : {
        delayMilliseconds: scriptDelayMilliseconds ?? 0,
        milliseconds: scriptMilliseconds ?? 0,
        sideBySide: sideBySide ?? false,
      };
}
