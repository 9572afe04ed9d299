import { ArmError } from "./arm-error";
import type { ArmState, ManagementLock } from "./arm-state";
import { type JsonObject, objectAt, textOf } from "./json";
import type { ArmAnswer, ArmRequest } from "./request";

const lockType = "Microsoft.Authorization/locks";
const levels = ["CanNotDelete", "ReadOnly"] as const;

/** A lock, or the locks of a scope: a subscription, a resource group or a resource. */
const lockPath = /^(.+)\/providers\/Microsoft\.Authorization\/locks(?:\/([^/]+))?\/?$/i;

/** Answers a request for locks; undefined for any other. Source: learn.microsoft.com/rest/api/resources/management-locks. */
export function lockRoute(arm: ArmState, request: ArmRequest): ArmAnswer | undefined {
  const [, scope, name] = lockPath.exec(request.path) ?? [];
  if (scope === undefined) {
    return undefined;
  }
  if (name === undefined) {
    const value = [...arm.locks.values()].filter((lock) => isWithin(scope, lock.scope));
    return { status: 200, body: { value: value.map(lockView) } };
  }
  const key = request.path.toLowerCase();
  const lock = arm.locks.get(key);
  if (request.method === "PUT") {
    const made = lockOf(request, scope, name);
    arm.locks.set(key, made);
    return { status: lock === undefined ? 201 : 200, body: lockView(made) };
  }
  if (request.method === "DELETE") {
    return { status: arm.locks.delete(key) ? 200 : 204 };
  }
  if (lock === undefined) {
    throw new ArmError(404, "LockNotFound", `The lock '${name}' could not be found.`);
  }
  return { status: 200, body: lockView(lock) };
}

function lockOf({ path, body }: ArmRequest, scope: string, name: string): ManagementLock {
  const { level, notes } = objectAt(body?.properties);
  const known = levels.find((one) => one === level);
  if (known === undefined) {
    throw new ArmError(400, "InvalidLockLevel", `The lock level '${textOf(level) ?? ""}' is not valid.`);
  }
  const text = textOf(notes);
  return { id: path, name, scope, level: known, ...(text !== undefined && { notes: text }) };
}

const lockView = ({ id, name, level, notes }: ManagementLock): JsonObject => ({
  id,
  name,
  type: lockType,
  properties: { level, ...(notes !== undefined && { notes }) },
});

/** Whether a path is the scope or below it. */
const isWithin = (path: string, scope: string) =>
  `${path.toLowerCase()}/`.startsWith(`${scope.toLowerCase().replace(/\/$/, "")}/`);

/**
 * What a lock refuses: one that is read-only every request but reading, the other one deletions. A group is not deleted as
 * long as something in it is locked. Source: learn.microsoft.com/azure/azure-resource-manager/management/lock-resources;
 * words: Azure/azure-sdk-for-java#2560, Azure/apiops#606.
 * @throws ArmError 409
 */
export function checkLocks(arm: ArmState, { method, path }: ArmRequest): void {
  if (method === "GET" || method === "HEAD" || arm.locks.size === 0) {
    return;
  }
  const isDeletion = method === "DELETE";
  const locked = [...arm.locks.values()].filter(
    ({ scope, level }) =>
      (level === "ReadOnly" || isDeletion) &&
      (isWithin(path, scope) || (isDeletion && isWithin(scope, path))),
  );
  if (locked.length > 0) {
    const scopes = locked.map(({ scope }) => `'${scope}'`).join(",");
    throw new ArmError(
      409,
      "ScopeLocked",
      `The scope '${path}' cannot perform ${isDeletion ? "delete" : "write"} operation because following scope(s) are locked: ${scopes}. Please remove the lock and try again.`,
    );
  }
}
