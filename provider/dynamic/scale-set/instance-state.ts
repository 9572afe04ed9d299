import { memberDrift } from "../../activation/client-drift";
import { type MemberState, memberState } from "../../activation/client-outcome";
import type { MemberSurroundings } from "../../activation/member-remedy";
import { KmsError } from "../../errors/kms-error";
import { decodeAnswer } from "../../machine/licensing-script";
import { maskSecrets } from "../../machine/mask-secrets";
import type { ScaleSetInstance } from "../../machine/scale-set";
import { notStarted, unseen } from "../unreachable-member";
import { hresultInWords } from "../visit-member";

/** How much of what an extension said is shown. */
const shownCharacters = 300;

/** Where an instance stands by what it said when Azure last ran our extension on it, at the time `now`. */
export function instanceState(
  instance: ScaleSetInstance,
  surroundings: MemberSurroundings,
  now: number,
): MemberState {
  const { name, azureVmId, power, extension } = instance;
  const member = { name, azureVmId };
  if (/^(stopp|dealloc)/.test(power)) {
    const error = new KmsError("KMS4053", { values: { machine: name, given: power } });
    return unseen(member, "Unreachable", error.message);
  }
  const status = extension?.statuses?.[0];
  if (!/^ProvisioningState\/(succeeded|failed)/.test(status?.code ?? "")) {
    return notStarted(member);
  }
  const output = messageOf(instance, "StdOut");
  if (output.trim() === "") {
    const said = maskSecrets(messageOf(instance, "StdErr").trim() || (status?.message ?? ""), []);
    const values = { machine: name, given: said.slice(-shownCharacters).replace(/\.$/, "") || "nothing" };
    return unseen(member, "Failed", new KmsError("KMS4051", { values }).message);
  }
  return answeredState(member, output, surroundings, now);
}

const messageOf = ({ extension }: ScaleSetInstance, stream: string): string =>
  extension?.substatuses?.find(({ code }) => code?.startsWith(`ComponentStatus/${stream}/`))?.message ?? "";

function answeredState(
  member: { name: string; azureVmId: string },
  output: string,
  surroundings: MemberSurroundings,
  now: number,
): MemberState {
  const { wish } = surroundings;
  try {
    const answer = decodeAnswer(output, member.name);
    const state = memberState(member, wish, answer, (hresult) => hresultInWords(hresult, surroundings));
    if (state.status !== "Licensed") {
      return state;
    }
    const drift = memberDrift(wish, answer);
    if (drift.length > 0) {
      return { ...state, status: "Drifted", error: drift.join("; ") };
    }
    return isPast(state.expiry, now) ? outdated(state, answer.machine.utc) : state;
  } catch (error) {
    if (error instanceof KmsError) {
      return unseen(member, "Failed", error.message);
    }
    throw error;
  }
}

const isPast = (expiry: string, now: number) => expiry !== "" && Date.parse(expiry) < now;

function outdated(state: MemberState, reportedAt: string): MemberState {
  const values = { machine: state.name, given: reportedAt };
  return { ...state, status: "Drifted", error: new KmsError("KMS4052", { values }).message };
}
