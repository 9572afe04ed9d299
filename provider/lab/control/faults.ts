/** A fault that the next matching requests meet. */
export interface Fault {
  /** Regular expression on `METHOD path`, without the query; case is ignored. */
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
  /** A run command: its script begins so long after the answer. */
  scriptDelayMilliseconds?: number;
  /** A run command: its script goes on so long, and activates in the middle. */
  scriptMilliseconds?: number;
  /**
   * A run command: its script does not wait for the one that is on the machine already, as the package's script does. Two of
   * them may then activate the machine twice.
   */
  sideBySide?: boolean;
  /** The request is accepted, its asynchronous operation fails with `code` and nothing of its work is done. */
  failOperation?: boolean;
}

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
