import { findOperatingSystem } from "../catalog/operating-systems";
import { KmsError } from "../errors/kms-error";
import type { HostState } from "./host-state";

/** Registry EditionID of Windows Server Azure Edition. */
const azureEdition = /^ServerTurbine/i;

/** Registry EditionID of an evaluation edition ends so. */
const evaluationEdition = /Eval(Cor)?$/i;

/**
 * Refuses a machine that cannot become the KMS host that the program declares, before anything on it is changed.
 * @throws KmsError KMS4006 another operating system, KMS4007 evaluation edition, KMS4008 Azure Edition
 */
export function refuseMachine(state: HostState, declared: { os: string }): void {
  const { computerName: machine, editionId } = state;
  const build = Number(state.osBuild.split(".")[0]);
  const expected = findOperatingSystem(declared.os)?.builds ?? [];
  if (expected.length > 0 && !expected.includes(build)) {
    const values = { machine, given: state.osBuild, os: declared.os, allowed: expected.join(" or ") };
    throw new KmsError("KMS4006", { property: "os", values });
  }
  if (evaluationEdition.test(editionId)) {
    throw new KmsError("KMS4007", { values: { machine, given: editionId } });
  }
  if (azureEdition.test(editionId)) {
    throw new KmsError("KMS4008", { values: { machine, given: editionId } });
  }
}
