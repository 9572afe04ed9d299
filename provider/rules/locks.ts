import { type DeclaredResource, type DeclaredResources, stringAt } from "./azure-network/declared-resource";

/** What a lock does to run commands. Source: learn.microsoft.com azure-resource-manager/management/lock-resources. */
const effects: Record<string, string> = {
  readonly: "Azure refuses every run command there",
  cannotdelete: "Azure refuses to delete run commands after their run, and takes 25 on a machine at most",
};

/** The management lock of the program that lies over a machine, and what it does; undefined without one. */
export function lockFault(machine: DeclaredResource, all: DeclaredResources) {
  const lock = all
    .of(
      "authorization:ManagementLockByScope",
      "authorization:ManagementLockAtResourceGroupLevel",
      "authorization:ManagementLockAtResourceLevel",
      "authorization:ManagementLockAtSubscriptionLevel",
    )
    .find((one) => liesOver(one, machine));
  const effect = lock && effects[stringAt(lock, "level")?.toLowerCase() ?? ""];
  return effect === undefined ? undefined : { lock: `the lock "${lock!.name}"`, effect };
}

function liesOver(lock: DeclaredResource, machine: DeclaredResource): boolean {
  const kind = lock.type.split(":").at(-1);
  const [group, name] = [stringAt(machine, "resourceGroupName"), stringAt(machine, "vmName")];
  if (kind === "ManagementLockAtSubscriptionLevel") {
    return true;
  }
  if (kind === "ManagementLockByScope") {
    const scope = stringAt(lock, "scope")?.toLowerCase().split("/").filter(Boolean) ?? [];
    const ofMachine = ["providers", "microsoft.compute", "virtualmachines", name?.toLowerCase()];
    const isGroup = scope.length >= 4 && scope[2] === "resourcegroups" && same(scope[3], group);
    const isInside = scope.slice(4).every((part, place) => part === ofMachine[place]);
    return (
      lock.links.some(({ path, to }) => path === "scope" && (to === machine.key || isLinked(machine, to))) ||
      scope.length === 2 ||
      (isGroup && isInside)
    );
  }
  const inGroup =
    same(stringAt(lock, "resourceGroupName"), group) ||
    lock.links.some(({ path, to }) => path === "resourceGroupName" && isLinked(machine, to));
  const isOwn =
    same(stringAt(lock, "resourceType"), "virtualMachines") &&
    (same(stringAt(lock, "resourceName"), name) ||
      lock.links.some(({ path, to }) => path === "resourceName" && to === machine.key));
  return inGroup && (kind === "ManagementLockAtResourceGroupLevel" || isOwn);
}

const same = (one: string | undefined, other: string | undefined) =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

/** Whether the machine is in a resource group of the program, by the resource that both are made from. */
const isLinked = (machine: DeclaredResource, to: string) =>
  machine.links.some((link) => link.path === "resourceGroupName" && link.to === to);
