import type { KnownPart } from "./args/known-part";
import { findAzureCloud } from "./azure/azure-cloud";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import { sshName } from "./machine/ssh-address";
import type { GroupFacts } from "./rules/facts";
import type { Tolerance } from "./rules/settle";

/** The arguments of a KMSClientGroup as far as they are known, once their shape is checked. */
type KnownGroupArgs = Omit<GroupFacts, "name" | "hosts" | "count" | "azure" | "azureCloud" | "sshServers"> &
  Tolerance & { vms?: { count?: number; core?: boolean }; ssh?: { host?: string; port?: number }[] };

/** What the rules look at in a KMSClientGroup's arguments. */
export function groupFacts(
  name: string,
  args: KMSClientGroupArgs,
  { values, unknownPaths }: KnownPart,
): GroupFacts {
  const { ssh, ...known } = values as KnownGroupArgs;
  const hosts = (args.hosts ?? []).map((host) => host.name);
  const listed =
    unknownPaths.has("azureVmIds") || !Array.isArray(args.azureVmIds) ? known.azureVmIds : args.azureVmIds;
  return {
    ...known,
    name,
    hosts,
    // A group without hosts whose azureKms is not known yet can only be one of Azure's.
    ...(unknownPaths.has("azureKms") && { azureKms: hosts.length === 0 }),
    azure: args.ssh === undefined,
    azureCloud: findAzureCloud(process.env),
    count: known.vms?.count ?? listed?.length ?? ssh?.length,
    azureVmIds: known.azureVmIds?.filter((id) => id !== undefined),
    ...(ssh && { sshServers: ssh.flatMap(sshServer) }),
  };
}

/** What a machine over SSH is told apart by, where it is known. */
const sshServer = ({ host, port }: { host?: string; port?: number }): string[] =>
  host === undefined ? [] : [sshName({ host, port })];
