import { azureClients } from "../azure/clients";
import { parseAzureVmId } from "../azure/resource-ids";
import { azureRunCommand } from "./azure-run-command";
import type { Machine, MachineAddress } from "./machine";
import { sshMachine } from "./ssh";

/** The machine at this address; Azure is reached with the credentials of the process's environment. */
export function openMachine(address: MachineAddress): Machine {
  const { azureVmId, ssh, tags } = address;
  if (ssh !== undefined) {
    return sshMachine(ssh);
  }
  if (azureVmId === undefined || azureVmId === "") {
    throw new TypeError("a machine address names no machine");
  }
  const { subscriptionId } = parseAzureVmId(azureVmId);
  return azureRunCommand(azureVmId, azureClients(process.env).compute(subscriptionId), tags);
}
