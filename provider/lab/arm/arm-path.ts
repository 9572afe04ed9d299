/** What the path of an ARM request names. */
export interface ArmPath {
  subscriptionId: string;
  /** Undefined for paths of the whole subscription. */
  resourceGroup?: string;
  /** Full resource type, for example `Microsoft.Network/virtualNetworks/subnets`; undefined for resource groups. */
  type?: string;
  /** Names of the resource and of its parents, outermost first. */
  names: string[];
  /** Last segment of a path that ends in a type or an action instead of a name. */
  tail?: string;
}

/** Takes the path of an ARM request apart; undefined when it is none. */
export function parseArmPath(path: string): ArmPath | undefined {
  const segments = path.split("/").slice(1).map(decodeSegment);
  if (segments.at(-1) === "") {
    segments.pop();
  }
  if (segments.length < 2 || !same(segments[0], "subscriptions") || segments.includes("")) {
    return undefined;
  }
  const subscriptionId = segments[1];
  const grouped = same(segments[2], "resourceGroups");
  const resourceGroup = grouped ? segments[3] : undefined;
  const rest = segments.slice(grouped ? 4 : 2);
  const base = { subscriptionId, ...(resourceGroup !== undefined && { resourceGroup }), names: [] };
  if (rest.length === 0) {
    return grouped && resourceGroup === undefined ? { ...base, tail: "resourceGroups" } : base;
  }
  if (same(rest[0], "providers")) {
    return rest.length < 3 ? undefined : { ...base, ...parseTyped(rest[1], rest.slice(2)) };
  }
  return { ...base, names: rest.slice(1), tail: rest[0] };
}

function parseTyped(namespace: string, segments: string[]): Pick<ArmPath, "type" | "names" | "tail"> {
  const complete = segments.length % 2 === 0;
  const pairs = complete ? segments : segments.slice(0, -1);
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  const type = [namespace, ...types].join("/");
  return complete ? { type, names } : { type, names, tail: segments.at(-1)! };
}

/** Whether a path asks how far an asynchronous operation is, or for what came of it. */
export const isOperation = ({ type, tail }: ArmPath): boolean =>
  type === undefined
    ? tail?.toLowerCase() === "operationresults"
    : /\/(operations|operationResults|privateDnsOperation(Statuses|Results))$/i.test(type);

const same = (segment: string | undefined, name: string) => segment?.toLowerCase() === name.toLowerCase();

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a bare per cent sign names nothing that exists, which the caller reports
  }
}

/** The ID of a resource in a group. */
export function resourceId(
  subscriptionId: string,
  resourceGroup: string,
  type: string,
  names: string[],
): string {
  const [namespace, ...types] = type.split("/");
  const pairs = types.map((part, index) => `${part}/${names[index]}`);
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${[namespace, ...pairs].join("/")}`;
}

/** The ID without its last type and name; undefined for a resource without parent. */
export function parentId(id: string): string | undefined {
  const parts = id.split("/");
  const provider = parts.findIndex((part) => part.toLowerCase() === "providers");
  const nested = provider >= 0 && parts.length - provider > 4;
  return nested ? parts.slice(0, -2).join("/") : undefined;
}

/** The last name of an ID. */
export const nameOf = (id: string) => id.slice(id.lastIndexOf("/") + 1);

/** The resource group that an ID names, or "". */
export const groupOf = (id: string) => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
