import type { ActivationMode } from "../catalog/constants";
import {
  findEdition,
  findEditionById,
  findOperatingSystem,
  findSystem,
  isNewerBuild,
} from "../catalog/operating-systems";
import { KmsError } from "../errors/kms-error";
import { hostKeyChannel, licenseStatusName, number, text } from "../machine/licensing-answer";
import type { LicensingAnswer, LicensingPlan } from "../machine/licensing-plan";
import type { PublicKey } from "../machine/sealed-key";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import type { SeenMachine } from "../rules/facts";
import { awaitsRestart, type ObservedSettings, observedSettings, settingsReadList } from "./settings";
import type { ObservedHost } from "./state";

/** What was seen on a KMS host. */
export interface HostState {
  /** SMBIOS UUID, by which Microsoft's activation service recognises the machine. */
  machineId: string;
  computerName: string;
  /** AD domain, or "" in a workgroup. */
  domain: string;
  osBuild: string;
  editionId: string;
  partialProductKey: string;
  productKeyChannel: string;
  licenseStatus: string;
  /** For Microsoft's telephone activation; "" without a product key that can be activated so. */
  installationId: string;
  /** Requests counted in the last 30 days; 0 before the first. */
  currentCount: number;
  settings: ObservedSettings;
  /** Whether the licensing service must be restarted for the settings to count. */
  awaitsRestart: boolean;
  /** Firewall profiles in which a group policy makes Windows ignore local rules, comma-separated. */
  policyProfiles: string;
  /** The machine's own clock, ISO 8601. */
  utc: string;
  /** The machine's record of reserved activations, by reservation. */
  marks: Record<string, string>;
  /** What the product key can be sealed with, where one is to be installed. */
  publicKey?: PublicKey;
}

/** Count that the CIM classes give before the first request, as an unsigned 32-bit number. Source: SoftwareLicensingService reference. */
const noCount = 0xffffffff;

/** What the licensing script reads on a KMS host. */
export const hostReadList = (): LicensingPlan["read"] => ({
  ...settingsReadList(),
  product: [
    "ID",
    "PartialProductKey",
    "ProductKeyChannel",
    "LicenseStatus",
    "LicenseStatusReason",
    "OfflineInstallationId",
    "KeyManagementServiceCurrentCount",
  ],
  reservations: true,
  events: false,
});

/** Reads the state of a KMS host off the script's answer. */
export function hostState(answer: LicensingAnswer): HostState {
  const { machine } = answer;
  const product = answer.product ?? {};
  const count = number(product.KeyManagementServiceCurrentCount);
  return {
    machineId: machineIdentity(machine),
    computerName: machine.name,
    domain: machine.domain,
    osBuild: machine.osBuild,
    editionId: machine.editionId,
    partialProductKey: text(product.PartialProductKey),
    productKeyChannel: text(product.ProductKeyChannel),
    licenseStatus: licenseStatusName(number(product.LicenseStatus)),
    installationId: text(product.OfflineInstallationId),
    currentCount: count === noCount || count < 0 ? 0 : count,
    settings: observedSettings(answer),
    awaitsRestart: awaitsRestart(answer),
    policyProfiles: answer.firewallPolicy ?? "",
    utc: machine.utc,
    marks: answer.reservations ?? {},
    ...(answer.publicKey !== undefined && { publicKey: answer.publicKey }),
  };
}

/**
 * UUIDs that whole series of boards share: all zeros, all F, and a placeholder of a firmware vendor.
 * Source: hardware inventories; DMTF SMBIOS reference 7.2.1 on the first two.
 */
const sharedUuid = /^(0{8}(-0{4}){3}-0{12}|f{8}(-f{4}){3}-f{12}|03000200-0400-0500-0006-000700080009)?$/i;

/** The SMBIOS UUID; with the computer's name where others have the same one, so that each counts as a host of its own. */
const machineIdentity = ({ uuid, name }: LicensingAnswer["machine"]): string =>
  sharedUuid.test(uuid.trim()) ? `${uuid.trim()}/${name}`.toLowerCase() : uuid;

/** What the engine stores of what was seen on a host. */
export function observedHost(state: HostState, activation?: ActivationMode): ObservedHost {
  const { machineId, computerName, domain, osBuild, editionId, partialProductKey, installationId } = state;
  const { os: foundOs, edition: foundEdition } = foundSystem(state);
  const offline = activation === "offline";
  const awaits = offline && state.licenseStatus !== "Licensed";
  return {
    machineId,
    computerName,
    domain,
    osBuild,
    editionId,
    ...(foundOs !== undefined && { foundOs }),
    ...(foundEdition !== undefined && { foundEdition }),
    ...(partialProductKey !== "" && { partialProductKey }),
    licenseStatus: awaits ? "AwaitingConfirmation" : state.licenseStatus,
    ...(offline && installationId !== "" && { installationId }),
    currentCount: state.currentCount,
    listeningPort: Number(state.settings.port),
    ...(state.policyProfiles !== "" && { policyProfiles: state.policyProfiles }),
  };
}

/** Whether the machine is activated with the KMS host key of this ending. */
export const isLicensedWith = (
  ending: string,
  { licenseStatus, partialProductKey, productKeyChannel }: HostState,
) => licenseStatus === "Licensed" && partialProductKey === ending && productKeyChannel === hostKeyChannel;

const buildOf = (osBuild: string) => Number(osBuild.split(".")[0]);

/** Operating system and edition of a machine by the catalogue's names, as far as the catalogue knows them. */
export function foundSystem({ osBuild, editionId }: Pick<HostState, "osBuild" | "editionId">): SeenMachine {
  const found = findSystem(osBuild, editionId);
  return { ...(found && { os: found.os.name, edition: found.edition.name }), osBuild };
}

/**
 * What a machine's build means for the operating system that is declared of it: one that is newer than all known builds
 * comes with a new release of Windows, and is only warned of.
 */
export function newerBuildDiagnostics(name: string, osBuild: string, os: string | undefined): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  return system === undefined || !isNewerBuild(system, buildOf(osBuild))
    ? []
    : [
        diagnostic("KMS4019", "warning", "os", {
          machine: name,
          given: osBuild,
          os: system.name,
          allowed: system.builds.join(", "),
        }),
      ];
}

/**
 * What keeps a host's own firewall rule from counting: a group policy by which Windows ignores local rules. It may open the
 * port itself, which the machine's rules do not tell.
 */
export function policyDiagnostics(
  name: string,
  ignored: string,
  { port, profiles }: { port: number; profiles: readonly string[] },
): Diagnostic[] {
  const both = ignored.split(",").filter((profile) => profiles.includes(profile));
  return both.length === 0
    ? []
    : [diagnostic("KMS4023", "warning", "firewallProfiles", { machine: name, given: both.join(", "), port })];
}

/** Registry EditionID of Windows Server Azure Edition. */
const azureEdition = /^ServerTurbine/i;

/** Registry EditionID of an evaluation edition ends so. */
const evaluationEdition = /Eval(Cor)?$/i;

/**
 * Refuses a machine that is not the declared one or cannot be a KMS host, before anything on it is changed.
 * @throws KmsError KMS4006 another operating system, KMS4016 another edition, KMS4007 evaluation edition, KMS4008 Azure
 * Edition
 */
export function refuseMachine(state: HostState, declared: { os?: string; edition?: string }): void {
  const { computerName: machine, osBuild, editionId } = state;
  const { os = "" } = declared;
  const system = findOperatingSystem(os);
  const expected = system?.builds ?? [];
  const build = buildOf(osBuild);
  if (
    system !== undefined &&
    expected.length > 0 &&
    !expected.includes(build) &&
    !isNewerBuild(system, build)
  ) {
    const values = { machine, given: osBuild, os, allowed: expected.join(" or ") };
    throw new KmsError("KMS4006", { property: "os", values });
  }
  if (evaluationEdition.test(editionId)) {
    throw new KmsError("KMS4007", { values: { machine, given: editionId } });
  }
  if (azureEdition.test(editionId)) {
    throw new KmsError("KMS4008", { values: { machine, given: editionId } });
  }
  refuseEdition(state, declared);
}

function refuseEdition(state: HostState, { os, edition }: { os?: string; edition?: string }): void {
  const found = foundSystem(state);
  const declared = edition === undefined ? undefined : findEdition(os ?? found.os ?? "", edition);
  if (
    declared !== undefined &&
    findEditionById(declared.os.name, state.editionId)?.edition.name !== declared.edition.name
  ) {
    const values = {
      machine: state.computerName,
      given: `${found.os ?? `Windows build ${state.osBuild}`} ${found.edition ?? state.editionId}`,
      allowed: `${declared.os.name} ${declared.edition.name}`,
      irreversible: "",
    };
    throw new KmsError("KMS4016", { property: "edition", values });
  }
}
