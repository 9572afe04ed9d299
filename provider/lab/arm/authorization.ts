import { scaleSetExtensionType, scaleSetType } from "../compute/machine-index";
import { ArmError } from "./arm-error";
import { type ArmPath, isOperation, parentId, resourceId } from "./arm-path";
import { isObject, type Json, type JsonObject, objectAt, objectsIn, textOf, valuesAt } from "./json";
import type { ArmRequest } from "./request";
import type { ResourceStore } from "./resource-store";
import { findResourceType, type ResourceType } from "./resource-types";

/** A custom role as `az role definition create` takes it, assigned at each of its assignable scopes. */
export interface Role {
  Name: string;
  Actions: string[];
  NotActions: string[];
  AssignableScopes: string[];
}

/** An action that a request needs, and where. */
export interface NeededAction {
  action: string;
  scope: string;
}

/**
 * The roles that a body has: one, or the list `roles` that `pulumi-windows-kms permissions` prints.
 * @throws ArmError 400
 */
export function rolesIn(body: JsonObject): Role[] {
  const given = Array.isArray(body.roles) ? body.roles : [body];
  return given.map((role) => {
    const { Name, Actions, NotActions = [], AssignableScopes } = isObject(role) ? role : {};
    if (![Actions, NotActions, AssignableScopes].every(isTexts) || typeof Name !== "string") {
      throw new ArmError(
        400,
        "BadRequest",
        "A role has a Name and the lists Actions and AssignableScopes, as `az role definition create` takes it.",
      );
    }
    return { Name, Actions, NotActions, AssignableScopes } as Role;
  });
}

const isTexts = (value: Json | undefined) =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** The principal that the roles are assigned to. */
const client = "00000000-1ab0-4000-8000-0000000000c1";

/**
 * What Azure Resource Manager refuses before it looks at anything else: the request's own action first, then those on
 * resources that its body names.
 * Texts: MicrosoftDocs/azure-docs#31800, pivotal-cf/terraforming-azure#71; Azure/Community-Policy#451.
 * @throws ArmError 403
 */
export function checkAuthorization(
  roles: readonly Role[] | undefined,
  store: ResourceStore,
  request: ArmRequest,
): void {
  if (roles === undefined) {
    return;
  }
  const [own, ...linked] = neededActions(store, request);
  const who = `The client '${client}' with object id '${client}'`;
  if (!isAllowed(roles, own)) {
    throw new ArmError(
      403,
      "AuthorizationFailed",
      `${who} does not have authorization to perform action '${own.action}' over scope '${own.scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
  const refused = linked.find((needed) => !isAllowed(roles, needed));
  if (refused !== undefined) {
    throw new ArmError(
      403,
      "LinkedAuthorizationFailed",
      `${who} has permission to perform action '${own.action}' on scope '${own.scope}'; however, it does not have permission to perform action(s) '${refused.action}' on the linked scope(s) '${refused.scope}' (respectively) or the linked scope(s) are invalid.`,
    );
  }
}

/** Source: learn.microsoft.com/azure/role-based-access-control/role-definitions, Actions, NotActions and wildcards. */
function isAllowed(roles: readonly Role[], { action, scope }: NeededAction): boolean {
  return roles.some(
    ({ Actions, NotActions, AssignableScopes }) =>
      AssignableScopes.some((assigned) => isWithin(scope, assigned)) &&
      Actions.some((pattern) => matches(pattern, action)) &&
      !NotActions.some((pattern) => matches(pattern, action)),
  );
}

function isWithin(scope: string, assigned: string): boolean {
  const below = assigned.toLowerCase().replace(/\/$/, "");
  return scope.toLowerCase() === below || scope.toLowerCase().startsWith(`${below}/`);
}

function matches(pattern: string, action: string): boolean {
  const [literal, ...rest] = pattern.split("*").map((part) => part.replace(/[.\\]/g, "\\$&"));
  return new RegExp(`^${[literal, ...rest].join(".*")}$`, "i").test(action);
}

/** The action of a request itself, then what it needs on other resources. */
function neededActions(store: ResourceStore, request: ArmRequest): NeededAction[] {
  const { parsed, method } = request;
  const scope = scopeOf(parsed);
  const own = { action: `${actedOn(parsed)}/${verbOf(request)}`, scope };
  if (method === "GET") {
    return [own, ...runtimeStates(request, scope)];
  }
  const type = parsed.tail === undefined ? findResourceType(parsed.type ?? "") : undefined;
  return type === undefined ? [own] : [own, ...linkedActions(store, type, scope, request)];
}

/** What a request reads or changes: a resource itself, or for a list the parent of what it lists. */
function scopeOf({ subscriptionId, resourceGroup, type, names }: ArmPath): string {
  const group = resourceGroup === undefined ? "" : `/resourceGroups/${resourceGroup}`;
  return type === undefined || resourceGroup === undefined || names.length === 0
    ? `/subscriptions/${subscriptionId}${group}`
    : resourceId(subscriptionId, resourceGroup, type, names);
}

function actedOn(parsed: ArmPath): string {
  const { type, tail } = parsed;
  if (type === undefined) {
    const nested = tail === undefined || tail.toLowerCase() === "resourcegroups" ? "" : `/${tail}`;
    return isOperation(parsed)
      ? `Microsoft.Resources/subscriptions/${tail}`
      : `Microsoft.Resources/subscriptions/resourceGroups${nested}`;
  }
  const whole = tail === undefined ? type : `${type}/${tail}`;
  return findResourceType(whole)?.type ?? whole;
}

const verbs: Record<string, string> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

const verbOf = ({ method }: ArmRequest) => verbs[method] ?? "action";

const withRuntimeState = [
  "microsoft.compute/virtualmachines",
  `${scaleSetType}/virtualMachines`.toLowerCase(),
];

/** The states of machines in a read or a list, for which Azure has an action of its own. */
function runtimeStates({ parsed, query }: ArmRequest, scope: string): NeededAction[] {
  const type = actedOn(parsed);
  return query.get("$expand")?.toLowerCase() === "instanceview" &&
    withRuntimeState.includes(type.toLowerCase())
    ? [{ action: `${type}/instanceView/read`, scope }]
    : [];
}

function linkedActions(
  store: ResourceStore,
  type: ResourceType,
  id: string,
  { method, body = {} }: ArmRequest,
): NeededAction[] {
  const stored = store.get(id)?.body ?? {};
  if (type.type === scaleSetExtensionType) {
    // A change of the model is one of the whole scale set.
    const set = store.get(parentId(id)!)?.body ?? {};
    return joins(findResourceType(scaleSetType)!, set);
  }
  return method === "DELETE"
    ? goneWith(type, stored, id)
    : [...joins(type, body), ...madeWith(type, body, id)];
}

/** What a body joins: the resources that it names, and those that children in it name. */
function joins(type: ResourceType, body: JsonObject): NeededAction[] {
  const own = (type.references ?? []).flatMap(({ path, linkedAction }) =>
    linkedAction === undefined
      ? []
      : valuesAt(body, path).map((id) => ({ action: linkedAction, scope: textOf(id) ?? "" })),
  );
  const children = (type.embedded ?? []).flatMap(({ property, type: segment }) =>
    objectsIn(objectAt(body.properties)[property]).flatMap((child) =>
      joins(findResourceType(`${type.type}/${segment}`)!, child),
    ),
  );
  return [...own, ...children];
}

const machine = "Microsoft.Compute/virtualMachines";
const disk = "Microsoft.Compute/disks";
const networkInterface = "Microsoft.Network/networkInterfaces";

/**
 * What a service makes together with a resource. Microsoft lists no such actions: for disks, MicrosoftDocs/azure-docs#6250;
 * for the machines of a Flexible scale set the lab demands what their owner would need for each by itself.
 */
function madeWith(type: ResourceType, { properties }: JsonObject, id: string): NeededAction[] {
  if (type.type === scaleSetType && textOf(objectAt(properties).orchestrationMode) === "Flexible") {
    return [
      ...inGroup(id, [machine, disk, networkInterface], "write"),
      ...inGroup(id, [networkInterface], "join/action"),
    ];
  }
  const image = textOf(objectAt(properties, "storageProfile", "osDisk").createOption) === "FromImage";
  return type.type === machine && image ? inGroup(id, [disk], "write") : [];
}

/** What a service deletes together with a resource. */
function goneWith(type: ResourceType, { properties }: JsonObject, id: string): NeededAction[] {
  if (type.type === scaleSetType && textOf(objectAt(properties).orchestrationMode) === "Flexible") {
    return inGroup(id, [machine, disk, networkInterface], "delete");
  }
  const deleted = textOf(objectAt(properties, "storageProfile", "osDisk").deleteOption) === "Delete";
  return type.type === machine && deleted ? inGroup(id, [disk], "delete") : [];
}

const inGroup = (id: string, types: string[], verb: string): NeededAction[] =>
  types.map((type) => ({ action: `${type}/${verb}`, scope: id.split("/").slice(0, 5).join("/") }));
