import type { KnownPart } from "./args/known-part";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import type { GroupFacts } from "./rules/facts";
import type { Tolerance } from "./rules/settle";

/** The arguments of a KMSClientGroup as far as they are known, once their shape is checked. */
type KnownGroupArgs = Omit<GroupFacts, "name" | "hosts" | "count" | "azure"> &
  Tolerance & { vms?: { count?: number; core?: boolean } };

/** What the rules look at in a KMSClientGroup's arguments. */
export function groupFacts(
  name: string,
  args: KMSClientGroupArgs,
  { values, unknownPaths }: KnownPart,
): GroupFacts {
  const known = values as KnownGroupArgs;
  const listed =
    unknownPaths.has("azureVmIds") || !Array.isArray(args.azureVmIds) ? known.azureVmIds : args.azureVmIds;
  return {
    ...known,
    name,
    hosts: args.hosts.map((host) => host.name),
    azure: true,
    count: known.vms?.count ?? listed?.length,
    azureVmIds: known.azureVmIds?.filter((id) => id !== undefined),
  };
}
