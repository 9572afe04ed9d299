import { type Edition, findEdition, type OperatingSystemEntry } from "../catalog/operating-systems";
import { findSetupKey } from "../catalog/setup-keys";
import { hintForSought, type SoughtOf } from "../catalog/sought-names";
import { formatError } from "../errors/kms-error";
import type { SelectionRow } from "../machine/licensing-plan";
import { settle } from "../rules/acknowledge";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import type { GroupFacts, HostFacts, SeenMachine } from "../rules/facts";
import { programIndex, type ProgramIndex } from "../rules/program-index";
import { groupDiagnostics } from "../rules/rules";
import {
  allSystems,
  type ExcludedSystems,
  type FoundMachine,
  foundSystem,
  keptKey,
  seenSystem,
  type SystemLimits,
} from "./found-system";
import type { ClientActivationInputs, MemberState } from "./state";

/*
 * Which operating systems a group activates, with which setup key each, and why it refuses the others. The rules of the
 * preview decide, with what was found on the members.
 */

/** What decides which systems a group activates. */
export type SystemPolicy = Pick<
  ClientActivationInputs,
  "name" | "os" | "edition" | "office" | "officeProduct" | "setupKey" | "hosts"
> &
  Partial<Pick<ClientActivationInputs, "strict" | "acknowledge" | "findings">> & {
    /** Day on which it is decided, ISO 8601 date; acknowledgements may have ended. */
    today?: string;
  };

/**
 * Which machines a group activates: where os and edition are declared, these; else those that its KMS hosts serve, each
 * with its setup key. Office asks nothing of Windows but what is declared.
 */
export function systemLimits(policy: SystemPolicy): SystemLimits {
  const { os, edition, office, setupKey } = policy;
  if (office !== "") {
    return os === "" ? {} : { excluded: excludedSystems(policy) };
  }
  // A declared edition without a setup key is that of Azure Virtual Desktop, or one that the rules refuse.
  if (os === "" || edition === "" || setupKey === "") {
    return { systems: servedSystems(policy) };
  }
  const excluded = excludedSystems(policy);
  const declared = allSystems.find((one) => isDeclared(policy, one.os, one.edition));
  if (declared === undefined) {
    return { excluded };
  }
  const { builds } = excluded;
  // Where the EditionIDs themselves are not certain, only those of the system's other editions are refused.
  return declared.os.unconfirmed?.includes("editionIds") === true
    ? { excluded: { builds, editionIds: otherEditionIds(declared.os, declared.edition) } }
    : { excluded: { builds, editionIds: [] }, editionIds: declared.edition.editionIds };
}

const otherEditionIds = ({ editions }: OperatingSystemEntry, edition: Edition) =>
  editions.flatMap((other) => [
    ...(other === edition ? [] : other.editionIds),
    ...(other.evaluationEditionIds ?? []),
  ]);

function excludedSystems(policy: SystemPolicy): ExcludedSystems {
  const declared = allSystems.filter(({ os, edition }) => isDeclared(policy, os, edition));
  const builds = new Set(declared.flatMap(({ os }) => os.builds));
  const editionIds = new Set(declared.flatMap(({ edition }) => edition.editionIds));
  const allBuilds = allSystems.flatMap(({ os }) => os.builds);
  const allEditionIds = allSystems.flatMap(({ edition }) => [
    ...edition.editionIds,
    ...(edition.evaluationEditionIds ?? []),
  ]);
  return {
    builds: [...new Set(allBuilds)].filter((build) => !builds.has(build)),
    editionIds: [...new Set(allEditionIds)].filter((id) => !editionIds.has(id)),
  };
}

function servedSystems(policy: SystemPolicy): SelectionRow[] {
  const judged = judge(policy);
  const rows = allSystems.flatMap(({ os, edition }): SelectionRow[] => {
    const value = edition.multiSession === true ? keptKey : keyFor(policy, os.name, edition.name);
    const served =
      value !== "" &&
      isDeclared(policy, os, edition) &&
      judged({ os: os.name, edition: edition.name }).length === 0;
    return served ? [{ builds: os.builds, editionIds: edition.editionIds, value }] : [];
  });
  return merged(rows);
}

/** The setup key that a machine of this system gets; "" for none. */
const keyFor = ({ setupKey }: SystemPolicy, os: string, edition: string) =>
  setupKey === "" ? (findSetupKey(os, edition)?.key ?? "") : setupKey;

function isDeclared(
  { os, edition, office }: SystemPolicy,
  found: OperatingSystemEntry,
  its: Edition,
): boolean {
  if (office !== "") {
    return os === "" || found.name === os;
  }
  const meant = os === "" ? undefined : findEdition(os, edition);
  if (os !== "" && edition !== "") {
    return meant?.os.name === found.name && meant.edition.name === its.name;
  }
  return os !== "" ? found.name === os : edition === "" || findEdition(found.name, edition)?.edition === its;
}

/** Systems with the same key and the same edition IDs in one row: Windows 10 and Windows 11 have their keys in common. */
function merged(rows: readonly SelectionRow[]): SelectionRow[] {
  const byKey = new Map<string, SelectionRow>();
  for (const { builds, editionIds, value } of rows) {
    const key = `${value} ${editionIds.join(" ")}`;
    const known = byKey.get(key)?.builds ?? [];
    byKey.set(key, { builds: [...new Set([...known, ...builds])], editionIds, value });
  }
  return [...byKey.values()];
}

/** Errors of the rules for members that run this. */
type Judged = (seen: SeenMachine) => Diagnostic[];

/** Applies the rules of the preview to members as found. */
function judge(policy: SystemPolicy): Judged {
  const { index, group } = groupWithHosts(policy);
  return (seen) =>
    settle(groupDiagnostics({ ...group, seen: [seen] }, index), policy).filter(
      ({ severity }) => severity === "error",
    );
}

/** What the rules of the preview report about members that run this, errors only. */
const systemDiagnostics = (policy: SystemPolicy, seen: SeenMachine): Diagnostic[] => judge(policy)(seen);

const nothing: ReadonlySet<string> = new Set();

/** A group and its hosts as the rules look at them; `unknown` are paths of arguments that are not known yet. */
export function groupWithHosts(
  policy: SystemPolicy,
  unknown: ReadonlySet<string> = nothing,
): { group: GroupFacts; index: ProgramIndex } {
  const { name, hosts, os, edition, office, officeProduct, setupKey, today } = policy;
  const group: GroupFacts = {
    name,
    args: {
      ...(hosts.length === 0 ? { azureKms: true } : { hosts: hosts.map((host) => host.name) }),
      ...(os !== "" && { os }),
      ...(edition !== "" && { edition }),
      ...(office !== "" && { office: { version: office, product: officeProduct } }),
      ...(setupKey !== "" && { setupKey }),
    },
    unknown,
  };
  const hostFacts = hosts.map((host): HostFacts => ({
    name: host.name,
    args: {
      readOnly: host.readOnly,
      ...(host.keyGroup !== "" && { key: { keyGroup: host.keyGroup } }),
      ...(host.os !== "" && { os: host.os }),
      ...(host.office.length > 0 && { officeKeys: host.office.map((version) => ({ office: version })) }),
    },
    unknown: nothing,
  }));
  return { group, index: programIndex({ hosts: hostFacts, groups: [group], today }) };
}

/** Whether the program accepts a diagnostic of a member. */
export const isAccepted = (policy: Pick<SystemPolicy, "strict" | "acknowledge" | "today">, one: Diagnostic) =>
  settle([one], policy).every(({ severity }) => severity !== "error");

/** A member that is a KMS host: as a client it would stop serving others. */
export const kmsHostDiagnostic = (machine: string, partialProductKey: string): Diagnostic =>
  diagnostic("KMS4015", "error", "machines", { machine, given: partialProductKey });

/** The setup key of Windows can change its edition; that of Office changes nothing of Windows. */
const mismatch = ({ os, edition, office }: SystemPolicy, machine: string, given: string): Diagnostic =>
  diagnostic("KMS4016", "error", os === "" ? "edition" : "os", {
    machine,
    given,
    allowed: [os, edition].filter((name) => name !== "").join(" "),
    irreversible:
      office === ""
        ? "The machine is left as it is, because the setup key of another edition may change Windows for good. "
        : "",
  });

const editionInWords = (editionId: string) =>
  editionId === "" ? "without an EditionID" : `with the EditionID ${editionId}`;

/**
 * How a machine of an unknown system is described, and what helps: a declaration, where the edition is known and the build
 * alone is new; nothing makes an unknown edition one that has a setup key.
 */
function unknownSystem(
  { os, edition }: SystemPolicy,
  editionId: string,
): Record<"edition" | "remedy", string> {
  const ids = allSystems.flatMap((one) => one.edition.editionIds);
  const isEditionKnown = ids.some((id) => id.toLowerCase() === editionId.toLowerCase());
  const missing = [...(os === "" ? ["os"] : []), ...(edition === "" ? ["edition"] : [])].join(" and ");
  return {
    edition: editionInWords(editionId),
    remedy: isEditionKnown && missing !== "" ? `Declare ${missing}, or remove` : "Remove",
  };
}

/** ProductType of Windows for clients. Source: learn.microsoft.com Win32_OperatingSystem. */
const workstation = 1;

const familyOf = (productType: number | undefined): SoughtOf =>
  productType === undefined ? {} : { family: productType === workstation ? "client" : "server" };

/** Why a group leaves a machine as it is, in the words of the preview. */
export function systemRefusal(
  policy: SystemPolicy,
  machine: FoundMachine & { productType?: number },
): string {
  const found = foundSystem(machine);
  if (found === undefined) {
    const { name, osBuild, editionId, productType } = machine;
    if (policy.os !== "" && policy.edition !== "") {
      const given = `Windows build ${osBuild} ${editionInWords(editionId)}`;
      return mismatch(policy, name, given).message;
    }
    const about = hintForSought("edition", editionId, familyOf(productType));
    return formatError("KMS4017", {
      values: {
        machine: name,
        given: osBuild,
        ...unknownSystem(policy, editionId),
        about: about === undefined ? "" : ` ${about}`,
      },
    });
  }
  const { os, edition, evaluation } = found;
  const given = `${os.name} ${edition.name}`;
  if (evaluation) {
    return formatError("KMS2223", { values: { given } });
  }
  if (!isDeclared(policy, os, edition)) {
    return mismatch(policy, machine.name, given).message;
  }
  const [first] = systemDiagnostics(policy, seenSystem(machine));
  return first?.message ?? formatError("KMS2015", { values: { os: os.name, given } });
}

/** Members that the group would not activate by what was seen of them, with the reason in the words of the preview. */
export function unservedMembers(
  policy: SystemPolicy,
  members: readonly MemberState[],
): { message: string; members: MemberState[] }[] {
  const bySystem = new Map<string, MemberState[]>();
  for (const member of members) {
    const key = `${member.os ?? ""}\n${member.edition ?? ""}`;
    const others = bySystem.get(key);
    if (others === undefined) {
      bySystem.set(key, [member]);
    } else {
      others.push(member);
    }
  }
  return [...bySystem.values()].flatMap((alike) => {
    const [{ name, os: osName = "", edition = "" }] = alike;
    const found = findEdition(osName, edition);
    if (found === undefined || policy.office !== "") {
      return [];
    }
    const diagnostics = isDeclared(policy, found.os, found.edition)
      ? systemDiagnostics(policy, { os: osName, edition })
      : [mismatch(policy, name, `${osName} ${edition}`)];
    return diagnostics.map(({ message }) => ({ message, members: alike }));
  });
}
