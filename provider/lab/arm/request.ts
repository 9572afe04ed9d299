import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { ArmError } from "./arm-error";
import type { ArmPath } from "./arm-path";
import type { Work } from "./async-operations";
import type { Preconditions } from "./etags";
import { isObject, type JsonObject } from "./json";

/** ARM's own limit. Source: learn.microsoft.com/azure/azure-resource-manager, request size. */
const maximumBytes = 4_194_304;

/** The JSON body of a request; undefined for none. @throws ArmError 400, 413 */
export async function readBody(request: IncomingMessage): Promise<JsonObject | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumBytes) {
      throw new ArmError(
        413,
        "RequestContentTooLarge",
        `The request content size exceeds ${maximumBytes} bytes.`,
      );
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return text.trim() === "" ? undefined : parseBody(text);
}

function parseBody(text: string): JsonObject {
  const refusal = "The request content was invalid and could not be deserialized: it is no JSON object.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ArmError(400, "InvalidRequestContent", refusal); // the parser's message would quote the body
  }
  if (!isObject(value)) {
    throw new ArmError(400, "InvalidRequestContent", refusal);
  }
  return value;
}

/**
 * A page in a browser must not reach the lab: neither under a name of its own that leads to loopback, nor from another
 * origin. Programs send no Origin.
 * @throws ArmError 403
 */
export function checkOrigin(headers: IncomingHttpHeaders): void {
  const { host = "", origin } = headers;
  const site = headers["sec-fetch-site"] ?? "none";
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)) {
    throw new ArmError(403, "Forbidden", "The lab answers on the loopback interface only.");
  }
  if (origin !== undefined || site !== "none") {
    throw new ArmError(403, "Forbidden", "The lab does not answer the pages of a browser.");
  }
}

/** The URL of a request. @throws ArmError 400 */
export function urlOf({ url = "/", headers }: Pick<IncomingMessage, "url" | "headers">): URL {
  try {
    const parsed = new URL(`http://${headers.host}${url}`);
    decodeURIComponent(parsed.pathname);
    return parsed;
  } catch {
    throw new ArmError(400, "BadRequest", "The URL of the request is malformed."); // repeated nowhere: it may be anything
  }
}

/**
 * Takes the token off a request's path, which begins with it: whoever knows the whole address was given it by the owner of
 * the lab. Gives the address that further paths belong to.
 * @throws ArmError 401 without the token
 */
export function takeToken(url: URL, token: string | undefined): string {
  if (token === undefined) {
    return url.origin;
  }
  const [, given = "", ...rest] = url.pathname.split("/");
  const [known, asked] = [token, given].map((text) => createHash("sha256").update(text).digest());
  if (!timingSafeEqual(known, asked)) {
    throw new ArmError(
      401,
      "InvalidAuthenticationToken",
      "The address of the lab begins with a token, which its lab.json has.",
    );
  }
  url.pathname = `/${rest.join("/")}`;
  return `${url.origin}/${token}`;
}

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
  work?: Work;
  /** Called instead of the work when the operation is to fail. */
  fail?: () => void;
}
