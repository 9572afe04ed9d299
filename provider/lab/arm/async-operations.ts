import { randomUUID } from "node:crypto";
import { ArmError, errorObject } from "./arm-error";
import type { JsonObject } from "./json";

/** How a script on a machine takes its time. */
export interface ScriptTiming {
  /** From the answer to the start of the script. */
  delayMilliseconds: number;
  /** From its start to its end; what it activates, it activates in the middle. */
  milliseconds: number;
  /** Whether it works beside another one, as scripts would that know nothing of each other. */
  sideBySide: boolean;
}

/** Work that goes on after the answer. */
export type Work = (timing?: ScriptTiming) => void | Promise<void>;

/** An operation that goes on after its request was answered. */
interface AsyncOperation {
  id: string;
  status: "InProgress" | "Succeeded" | "Failed";
  startTime: string;
  endTime?: string;
  error?: JsonObject;
}

/** The operations of the lab. */
export interface AsyncOperations {
  /** Starts the work once the request is answered; gives the operation's ID. */
  start(work: () => void | Promise<void>): string;
  /** What a poll of the operation returns; undefined for an unknown ID. */
  status(id: string): JsonObject | undefined;
  /** Resolves once no operation is in progress. */
  idle(): Promise<void>;
}

/** Creates the list of operations; `now` gives milliseconds since 1970. */
export function createAsyncOperations(now: () => number, log: (line: string) => void): AsyncOperations {
  const operations = new Map<string, AsyncOperation>();
  const running = new Set<Promise<void>>();
  const time = () => new Date(now()).toISOString();

  const run = async (operation: AsyncOperation, work: () => void | Promise<void>) => {
    try {
      await work();
      operation.status = "Succeeded";
    } catch (error) {
      operation.status = "Failed";
      operation.error = errorObject(asArmError(error, log));
    }
    operation.endTime = time();
  };

  return {
    start(work) {
      const operation: AsyncOperation = { id: randomUUID(), status: "InProgress", startTime: time() };
      operations.set(operation.id, operation);
      const done = new Promise<void>((resolve) => setImmediate(resolve))
        .then(() => run(operation, work))
        .finally(() => running.delete(done));
      running.add(done);
      return operation.id;
    },
    status(id) {
      const operation = operations.get(id);
      return operation && { ...operation, name: operation.id };
    },
    async idle() {
      await Promise.all(running);
    },
  };
}

/** An error as Azure words it; what the lab did not expect is logged and becomes InternalServerError. */
export function asArmError(error: unknown, log: (line: string) => void): ArmError {
  if (error instanceof ArmError) {
    return error;
  }
  log(`lab error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new ArmError(
    500,
    "InternalServerError",
    "The lab met an error of its own; its log has the details.",
  );
}
