import { type SshAddress, sshKey } from "../machine/ssh-address";

/** A machine of a client group, as the program gives it. */
export interface Member {
  name: string;
  /** Azure resource ID; "" for a machine over SSH. */
  azureVmId: string;
  /** Holds secrets. */
  ssh?: SshAddress;
}

/** What the state of a member names it by: without secrets. */
export function namedMember({ name, azureVmId, ssh }: Member): {
  name: string;
  azureVmId: string;
  ssh?: string;
} {
  return { name, azureVmId, ...(ssh && { ssh: sshKey(ssh) }) };
}

/** What tells members apart: machines of several resource groups may have the same name. */
export const memberKey = ({ azureVmId, ssh }: { azureVmId: string; ssh?: SshAddress | string }) =>
  typeof ssh === "object" ? sshKey(ssh) : (ssh ?? azureVmId.toLowerCase());
