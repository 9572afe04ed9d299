import { findImage } from "../catalog/images";
import { findEdition, isMultiSession } from "../catalog/operating-systems";
import { KmsError } from "../errors/kms-error";
import type { CreateImageValues } from "./args.generated";
import { type Diagnostic, diagnostic, errorDiagnostic, listed } from "./diagnostic";
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
import { holdsPath } from "./paths";
import type { ProgramIndex } from "./program-index";

/** A machine that is to be created needs an image of the Azure Marketplace. */
export function hostImageDiagnostics(host: HostFacts, { today }: ProgramIndex): Diagnostic[] {
  const { args } = host;
  if (isGiven(host, "machine.create.image")) {
    return ownImageDiagnostics(host, "machine.create.image", args.machine?.create?.image);
  }
  return isCreated(host) &&
    !isUnknown(host, "machine.create.core") &&
    !isMultiSession(args.os, hostEdition(host))
    ? imageDiagnostics(args.os, hostEdition(host), args.machine?.create?.core, today)
    : [];
}

/** Machines of a group that are to be created need one too. */
export function groupImageDiagnostics(group: GroupFacts, { today }: ProgramIndex): Diagnostic[] {
  const { os, edition, machines } = group.args;
  const own = (["create", "scaleSet"] as const).filter((source) =>
    isGiven(group, `machines.${source}.image`),
  );
  if (own.length > 0) {
    return own.flatMap((source) =>
      ownImageDiagnostics(group, `machines.${source}.image`, machines?.[source]?.image),
    );
  }
  const source = isGiven(group, "machines.create") ? "create" : "scaleSet";
  const isRefused = group.args.azureKms !== true && isMultiSession(os, edition);
  return createsMachines(group) &&
    isAbsent(group, "office") &&
    !isUnknown(group, `machines.${source}.core`) &&
    !isRefused
    ? imageDiagnostics(os, edition, (machines?.create ?? machines?.scaleSet)?.core, today)
    : [];
}

const marketplaceNames = ["publisher", "offer", "sku"] as const;

/** An image of one's own is named by its ID, or by three names in the Azure Marketplace. */
function ownImageDiagnostics(
  { unknown }: Pick<HostFacts, "unknown">,
  path: string,
  image: CreateImageValues = {},
): Diagnostic[] {
  const isThere = (name: keyof CreateImageValues) =>
    image[name] !== undefined || holdsPath(unknown, `${path}.${name}`);
  const names = marketplaceNames.filter(isThere);
  if (holdsPath(unknown, path)) {
    return [];
  }
  if (isThere("id") ? names.length === 0 : names.length === marketplaceNames.length) {
    return [];
  }
  const given = listed([...(isThere("id") ? ["id"] : []), ...names]);
  return [diagnostic("KMS1204", "error", path, { given: given === "" ? "neither" : given })];
}

/** An image that Azure withdraws still shows in the marketplace; new machines from it are refused. */
function imageDiagnostics(
  os: string | undefined,
  edition: string | undefined,
  core: boolean | undefined,
  today: string | undefined,
): Diagnostic[] {
  const known = os === undefined || edition === undefined ? undefined : findEdition(os, edition)?.edition;
  if (os === undefined || edition === undefined || known === undefined) {
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
