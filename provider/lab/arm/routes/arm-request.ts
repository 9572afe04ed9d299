import type { ArmPath } from "../arm-path";
import type { JsonObject } from "../json";
import type { Preconditions } from "../etags";

/** A request to the simulated ARM. */
export interface ArmRequest {
  method: string;
  /** Path without the query. */
  path: string;
  parsed: ArmPath;
  apiVersion: string;
  query: URLSearchParams;
  preconditions: Preconditions;
  body: JsonObject | undefined;
}

/** What a route answers. */
export interface ArmAnswer {
  status: number;
  body?: JsonObject;
  etag?: string;
  /** Work that goes on after the answer: the answer names an operation to poll. */
  work?: () => void;
  /** Called instead of the work when the operation is to fail. */
  fail?: () => void;
}
