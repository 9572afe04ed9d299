import { findAzureCloud } from "../azure/cloud";
import type { KnownPart } from "../component/known-part";
import { sshName } from "../machine/ssh-address";
import type { GroupFacts } from "../rules/facts";
import type { Tolerance } from "../rules/diagnostic";
import type { KMSClientGroupArgs } from "./old-args";

/** The arguments of a KMSClientGroup as far as they are known, once their shape is checked. */
type KnownGroupArgs = Omit<
  GroupFacts,
  "name" | "hosts" | "count" | "azure" | "azureCloud" | "sshServers" | "scaleSet"
> &
  Tolerance & {
    vms?: { count?: number; core?: boolean };
    ssh?: { host?: string; port?: number }[];
    scaleSet?: { capacity?: number; orchestrationMode?: string };
    scaleSetId?: string;
    rollout?: object;
  };

/** What the rules look at in a KMSClientGroup's arguments. */
export function groupFacts(
  name: string,
  args: KMSClientGroupArgs,
  { values, unknownPaths }: KnownPart,
): GroupFacts {
  const { ssh, scaleSet, scaleSetId, rollout, ...known } = values as KnownGroupArgs;
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
    count: known.vms?.count ?? listed?.length ?? ssh?.length ?? fixedCapacity(args, scaleSet),
    azureVmIds: known.azureVmIds?.filter((id) => id !== undefined),
    ...(ssh && { sshServers: ssh.flatMap(sshServer) }),
    ...(hasScaleSet(args) && {
      scaleSet: {
        created: args.scaleSet !== undefined,
        ...(scaleSetId !== undefined && { id: scaleSetId }),
        ...(args.scaleSet && { uniform: scaleSet?.orchestrationMode === "Uniform" }),
        rollout: Object.keys(rollout ?? {}).some((setting) => setting !== "deadlineMinutes"),
      },
    }),
  };
}

/** Checks that run in programs without types see arguments of any kind. */
const hasScaleSet = ({ scaleSet, scaleSetId }: KMSClientGroupArgs) =>
  scaleSet !== undefined || scaleSetId !== undefined;

/** Number of instances where the program sets it. */
const fixedCapacity = ({ autoscaled }: KMSClientGroupArgs, scaleSet: { capacity?: number } | undefined) =>
  autoscaled === true ? undefined : scaleSet?.capacity;

/** What a machine over SSH is told apart by, where it is known. */
const sshServer = ({ host, port }: { host?: string; port?: number }): string[] =>
  host === undefined ? [] : [sshName({ host, port })];
