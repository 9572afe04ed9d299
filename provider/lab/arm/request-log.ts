import { closeSync, fchmodSync, openSync, writeSync } from "node:fs";
import { LabError } from "../lab-error";
import { type ArmPath, isOperation } from "./arm-path";
import { withMarks } from "./hidden-values";
import type { JsonObject } from "./json";
import { resourceGroupType } from "./remove-resource";
import { findResourceType } from "./resource-types";

/** A file that the lab writes lines to, readable by its owner only. */
export interface LineFile {
  /** The line is in the file when this returns, and so before the request is answered. */
  add(line: string): void;
  close(): void;
}

/** Opens the file, empty or (`"a"`) with what it has. @throws LabError KMS7101 when it cannot be written */
export function openLineFile(path: string, flags: "w" | "a"): LineFile {
  const file = openFile(path, flags);
  return {
    add: (line) => void writeSync(file, `${line}\n`),
    close: () => closeSync(file),
  };
}

function openFile(path: string, flags: string): number {
  try {
    const file = openSync(path, flags, 0o600);
    fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError("KMS7101", { values: { given: path, reason }, cause: error });
  }
}

/** One line of the record. */
export interface RecordedRequest {
  method: string;
  path: string;
  apiVersion: string;
  body?: JsonObject;
}

/** A file that all ARM requests are written to, one JSON line each. */
export interface RequestRecord {
  add(request: RecordedRequest, type: string | undefined): void;
  close(): void;
}

/**
 * Opens the record, readable by its owner only. What ARM never returns (passwords, protected parameters) is written
 * as a mark; everything else is written as it came.
 * @throws LabError KMS7101 when the file cannot be written
 */
export function openRecord(path: string): RequestRecord {
  const file = openLineFile(path, "w");
  return {
    add({ method, path: requestPath, apiVersion, body }, type) {
      const marked = body && withMarks(findResourceType(type ?? ""), body);
      const line = { method, path: requestPath, apiVersion, ...(marked !== undefined && { body: marked }) };
      file.add(JSON.stringify(line));
    },
    close: file.close,
  };
}

/** How many requests of a method a resource type got. */
export interface RequestCount {
  method: string;
  /** Resource type; `operations` for polls of asynchronous operations. */
  type: string;
  count: number;
}

/** Counts requests since the last reset. */
export interface RequestCounts {
  add(method: string, path: ArmPath): void;
  list(): RequestCount[];
  reset(): void;
}

/** Creates counts at zero. */
export function createRequestCounts(): RequestCounts {
  const counts = new Map<string, RequestCount>();
  return {
    add(method, path) {
      const type = countedType(path);
      const entry = counts.get(`${method} ${type}`) ?? { method, type, count: 0 };
      counts.set(`${method} ${type}`, { ...entry, count: entry.count + 1 });
    },
    list: () => [...counts.values()],
    reset: () => counts.clear(),
  };
}

function countedType(path: ArmPath): string {
  const { type, tail } = path;
  if (isOperation(path)) {
    return "operations";
  }
  if (type === undefined) {
    return resourceGroupType;
  }
  const listed = tail === undefined ? undefined : findResourceType(`${type}/${tail}`);
  const known = listed ?? findResourceType(type);
  return known?.type ?? type;
}
