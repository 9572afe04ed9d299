import { findImage } from "../catalog/images";
import { findEdition } from "../catalog/operating-systems";
import { KmsError } from "../errors/kms-error";
import { type Diagnostic, diagnostic, errorDiagnostic } from "./diagnostic";
import {
  createsMachines,
  type GroupFacts,
  hostEdition,
  type HostFacts,
  isAbsent,
  isCreated,
  isGiven,
  isUnknown,
} from "./facts";
import type { ProgramIndex } from "./program-index";

/** A machine that is to be created needs an image of the Azure Marketplace. */
export function hostImageDiagnostics(host: HostFacts, { today }: ProgramIndex): Diagnostic[] {
  const { args } = host;
  return isCreated(host) && !isUnknown(host, "machine.create.core")
    ? imageDiagnostics(args.os, hostEdition(host), args.machine?.create?.core, today)
    : [];
}

/** Machines of a group that are to be created need one too. */
export function groupImageDiagnostics(group: GroupFacts, { today }: ProgramIndex): Diagnostic[] {
  const { os, edition, machines } = group.args;
  const source = isGiven(group, "machines.create") ? "create" : "scaleSet";
  return createsMachines(group) && isAbsent(group, "office") && !isUnknown(group, `machines.${source}.core`)
    ? imageDiagnostics(os, edition, (machines?.create ?? machines?.scaleSet)?.core, today)
    : [];
}

/** An image that Azure withdraws still shows in the marketplace; new machines from it are refused. */
function imageDiagnostics(
  os: string | undefined,
  edition: string | undefined,
  core: boolean | undefined,
  today: string | undefined,
): Diagnostic[] {
  const known = os === undefined || edition === undefined ? undefined : findEdition(os, edition)?.edition;
  if (os === undefined || edition === undefined || known === undefined || known.multiSession === true) {
    return [];
  }
  try {
    const { deprecatedFrom: end } = findImage(os, { edition, core });
    return end === undefined || today === undefined || end > today
      ? []
      : [diagnostic("KMS1203", "warning", "os", { given: `${os} ${known.name}`, end })];
  } catch (error) {
    if (error instanceof KmsError) {
      return [errorDiagnostic(error)];
    }
    throw error;
  }
}
