import { limits } from "../catalog/limits";
import {
  azureName,
  type DeclaredResource,
  type DeclaredResources,
  idSegment,
  stringAt,
} from "./azure-network/declared-resource";
import { type Diagnostic, diagnostic } from "./diagnostic";

/*
 * Management locks that the program declares. Source: learn.microsoft.com azure-resource-manager/management/lock-resources.
 */

const lockKinds = ["ByScope", "AtResourceGroupLevel", "AtResourceLevel", "AtSubscriptionLevel"].map(
  (level) => `authorization:ManagementLock${level}`,
);

type Level = "readonly" | "cannotdelete";

/** What a lock does to the activation of machines. */
const effects: Record<"machine" | "set", Record<Level, string>> = {
  machine: {
    readonly: "Azure refuses every run command there",
    cannotdelete: `Azure refuses to delete run commands after their run, and takes ${limits.runCommandsPerMachine} on a machine at most`,
  },
  set: {
    readonly: "Azure refuses every run command and extension there",
    cannotdelete: `Azure refuses to delete run commands and the extension, and takes ${limits.runCommandsPerMachine} commands on a machine at most`,
  },
};

/** The management lock of the program that lies over a machine or a scale set, and what it does; undefined without one. */
export function lockFault(machine: DeclaredResource, all: DeclaredResources) {
  const lock = all.of(...lockKinds).find((one) => liesOver(one, machine));
  const ofKind = effects[machine.type.endsWith("ScaleSet") ? "set" : "machine"];
  const effect = lock && ofKind[stringAt(lock, "level")?.toLowerCase() as Level];
  return effect === undefined ? undefined : { lock: `the lock "${lock!.name}"`, effect };
}

/**
 * Of a read-only lock over what the package writes into: a zone or a route table. One against deletion protects these, as
 * Microsoft recommends, and lets records be written. Source: learn.microsoft.com azure/dns/dns-protect-private-zones-recordsets.
 */
export function readOnlyLockDiagnostics(
  resource: DeclaredResource,
  path: string,
  values: { resource: string; parts: string },
  all: DeclaredResources,
): Diagnostic[] {
  const lock = all
    .of(...lockKinds)
    .find((one) => stringAt(one, "level")?.toLowerCase() === "readonly" && liesOver(one, resource));
  return lock === undefined
    ? []
    : [diagnostic("KMS2149", "warning", path, { ...values, lock: `the lock "${lock.name}"` })];
}

function liesOver(lock: DeclaredResource, resource: DeclaredResource): boolean {
  const kind = lock.type.split(":").at(-1);
  const [group, name] = [stringAt(resource, "resourceGroupName"), azureName(resource)];
  const segment = idSegment(resource);
  if (kind === "ManagementLockAtSubscriptionLevel") {
    return true;
  }
  if (kind === "ManagementLockByScope") {
    const scope = stringAt(lock, "scope")?.toLowerCase().split("/").filter(Boolean) ?? [];
    const namespace = resource.type.includes(":compute") ? "microsoft.compute" : "microsoft.network";
    const own = ["providers", namespace, segment, name?.toLowerCase()];
    const isGroup = scope.length >= 4 && scope[2] === "resourcegroups" && same(scope[3], group);
    const isInside = scope.slice(4).every((part, place) => part === own[place]);
    return (
      lock.links.some(
        ({ path, to }) => path === "scope" && (to === resource.key || isLinked(resource, to)),
      ) ||
      scope.length === 2 ||
      (isGroup && isInside)
    );
  }
  const inGroup =
    same(stringAt(lock, "resourceGroupName"), group) ||
    lock.links.some(({ path, to }) => path === "resourceGroupName" && isLinked(resource, to));
  const isOwn =
    same(stringAt(lock, "resourceType"), segment) &&
    (same(stringAt(lock, "resourceName"), name) ||
      lock.links.some(({ path, to }) => path === "resourceName" && to === resource.key));
  return inGroup && (kind === "ManagementLockAtResourceGroupLevel" || isOwn);
}

const same = (one: string | undefined, other: string | undefined) =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

/** Whether a resource is in a resource group of the program, by the resource that both are made from. */
const isLinked = (resource: DeclaredResource, to: string) =>
  resource.links.some((link) => link.path === "resourceGroupName" && link.to === to);
