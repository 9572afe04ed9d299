import { randomUUID } from "node:crypto";
import { ArmError } from "./arm-error";
import type { ResourceType } from "./resource-types";

/** Conditions of a request's headers. */
export interface Preconditions {
  ifMatch?: string;
  ifNoneMatch?: string;
}

/** A new etag in the writing of the resource type. */
export function newEtag(type: ResourceType): string {
  const id = randomUUID();
  return type.etag === "weak" ? `W/"${id}"` : id;
}

const bare = (etag: string) =>
  etag
    .trim()
    .replace(/^W\//, "")
    .replace(/^"(.*)"$/, "$1");

/** @throws ArmError 412 when the state of the resource is not the one the caller counts on */
export function checkPreconditions(
  { ifMatch, ifNoneMatch }: Preconditions,
  current: string | undefined,
): void {
  if (ifMatch !== undefined && !matches(ifMatch, current)) {
    throw preconditionFailed(
      `The condition '${ifMatch}' in the If-Match header was not satisfied. The current was '${current ?? ""}'.`,
    );
  }
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, current)) {
    throw preconditionFailed(`The condition '${ifNoneMatch}' in the If-None-Match header was not satisfied.`);
  }
}

function matches(condition: string, current: string | undefined): boolean {
  if (current === undefined) {
    return false;
  }
  return condition.trim() === "*" || condition.split(",").some((etag) => bare(etag) === bare(current));
}

const preconditionFailed = (message: string) => new ArmError(412, "PreconditionFailed", message);
