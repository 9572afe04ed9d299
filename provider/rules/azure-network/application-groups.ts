import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  type Maybe,
  notKnown,
  objectsAt,
} from "./declared-resource";

/** Keys of the application security groups of the program that an input names; undefined without any. */
export function applicationGroupsAt(
  resource: DeclaredResource,
  path: string,
  all: DeclaredResources,
): Maybe<ReadonlySet<string>> {
  const kind = "network:ApplicationSecurityGroup";
  const { objects } = objectsAt(resource, path);
  const linked = all.linked(resource, path, kind);
  if (objects.length === 0 && linked.length === 0) {
    return hasUnknown(resource, path) ? notKnown : undefined;
  }
  const named = objects.map((one) => all.referred(resource, `${one.path}.id`, kind));
  const found = named.filter((one) => typeof one === "object");
  return objects.length > 0 && found.length === named.length
    ? new Set(found.map(({ key }) => key))
    : notKnown;
}
