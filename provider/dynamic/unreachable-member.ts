import type { MemberState, MemberStatus } from "../activation/client-outcome";
import { KmsError } from "../errors/kms-error";

/** What the state of a member names it by. */
interface NamedMember {
  name: string;
  azureVmId: string;
  ssh?: string;
}

/** Errors that every member would meet: no sign-in to Azure, or none that could be. */
const errorsOfAll = new Set(["KMS3009", "KMS3101", "KMS3102", "KMS3103", "KMS3105"]);

/** Whether an error is about one machine, so that it says nothing of the others. */
export const isAboutOneMachine = (error: unknown): error is KmsError =>
  error instanceof KmsError && !errorsOfAll.has(error.code);

/** State of a member that could not be asked; an error that is not about the machine is passed on. */
export function unreachable(member: NamedMember, error: unknown): MemberState {
  if (!isAboutOneMachine(error)) {
    throw error;
  }
  return unseen(member, "Unreachable", error.message);
}

/** State of a member that the rollout did not come to. */
export const notStarted = (member: NamedMember): MemberState => unseen(member, "NotStarted", "");

/** State of a member that said nothing. */
export const unseen = (member: NamedMember, status: MemberStatus, error: string): MemberState => ({
  ...member,
  status,
  key: "",
  host: "",
  count: 0,
  expiry: "",
  error,
});
