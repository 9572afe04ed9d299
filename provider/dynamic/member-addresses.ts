import type { MachineAddress } from "../machine/machine";
import type { ClientActivationOutputs } from "./client-activation";
import { memberKey } from "./group-member";

/** How members are reached; their own state has no secrets. */
export function addressesIn({ machines = [] }: Pick<ClientActivationOutputs, "machines">) {
  const known = new Map<string, MachineAddress>(machines.map((machine) => [memberKey(machine), machine]));
  return (member: { azureVmId: string; ssh?: string }): MachineAddress =>
    known.get(memberKey(member)) ?? { azureVmId: member.azureVmId };
}
