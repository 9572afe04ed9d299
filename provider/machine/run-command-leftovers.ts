import type { ComputeManagementClient, VirtualMachineRunCommand } from "@azure/arm-compute";
import type { AzureVmPlace } from "../azure/azure-vm-id";
import { runCommandPrefix } from "./run-command-body";

/** Source: learn.microsoft.com, run-command-managed. */
export const maximumRunCommands = 25;

/** States in which a run command is still doing something. */
const active = ["Creating", "Updating", "Deleting"];

/**
 * Deletes run commands of ours that ended but were never deleted, as when the network was lost before. To be called when
 * Azure refuses one more.
 * `there was room`: the limit was not the reason; `made room`: one more is possible now; `full`: all are of others or active.
 */
export async function makeRoom(
  client: ComputeManagementClient,
  { resourceGroupName, vmName }: AzureVmPlace,
  abortSignal: AbortSignal,
): Promise<"there was room" | "made room" | "full"> {
  const commands = client.virtualMachineRunCommands;
  const present: VirtualMachineRunCommand[] = [];
  for await (const command of commands.listByVirtualMachine(resourceGroupName, vmName, { abortSignal })) {
    present.push(command);
  }
  if (present.length < maximumRunCommands) {
    return "there was room";
  }
  const leftovers = present.filter(isLeftover);
  for (const { name } of leftovers) {
    await commands.beginDeleteAndWait(resourceGroupName, vmName, name!, { abortSignal });
  }
  return leftovers.length > 0 ? "made room" : "full";
}

const isLeftover = ({ name, provisioningState }: VirtualMachineRunCommand) =>
  name?.startsWith(runCommandPrefix) === true && !active.includes(provisioningState ?? "");
