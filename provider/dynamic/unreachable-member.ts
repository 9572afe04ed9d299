import type { MemberState } from "../activation/client-outcome";
import { KmsError } from "../errors/kms-error";
import type { Member } from "./visit-members";

/** State of a member that could not be asked; an error that is not about the machine is passed on. */
export function unreachable(member: Member, error: unknown): MemberState {
  if (!(error instanceof KmsError)) {
    throw error;
  }
  return {
    name: member.name,
    azureVmId: member.azureVmId,
    status: "Unreachable",
    key: "",
    host: "",
    count: 0,
    expiry: "",
    error: error.message,
  };
}
