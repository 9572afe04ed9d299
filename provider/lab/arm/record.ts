import { openLineFile } from "../line-file";
import { withMarks } from "./hidden-values";
import type { JsonObject } from "./json";
import { findResourceType } from "./resource-types";

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
 * @throws KmsError KMS7101 when the file cannot be written
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
