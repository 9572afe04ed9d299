import { findImage } from "../catalog/images";
import {
  findHosting,
  findKeyGroup,
  findServing,
  groupsHostedOn,
  type KeyGroupEntry,
} from "../catalog/key-groups";
import {
  findEdition,
  findOperatingSystem,
  operatingSystems,
  suggestOperatingSystems,
} from "../catalog/operating-systems";
import { KmsError } from "../errors/kms-error";
import type { HostFacts } from "./facts";
import type { ProgramIndex } from "./program-index";
import { errorDiagnostic, hintOf, diagnostic, type Diagnostic } from "./diagnostic";

/** An operating system outside the catalogue is refused, with the ones that there are (R003). */
export function osDiagnostics({ os }: { os?: string }): Diagnostic[] {
  if (os === undefined) {
    return [];
  }
  const entry = findOperatingSystem(os);
  if (entry === undefined) {
    const allowed = operatingSystems()
      .map(({ name }) => name)
      .join("; ");
    return [
      diagnostic("KMS2002", "error", "os", { given: os, allowed, hint: hintOf(suggestOperatingSystems(os)) }),
    ];
  }
  return entry.documentedElsewhere === undefined
    ? []
    : [diagnostic("KMS2003", "error", "os", { given: entry.name, page: entry.documentedElsewhere })];
}

/** The operating system of a KMS host must be one that its product key group can be hosted on (R023 and on). */
export function hostPairDiagnostics({ name, keyGroup, os }: HostFacts, index: ProgramIndex): Diagnostic[] {
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (group === undefined || system === undefined || findHosting(group, system.name) !== undefined) {
    return [];
  }
  const hosts = [...new Set(group.hosts.map((host) => host.os))].join(", ");
  const own = groupsHostedOn(system.name).filter(({ application }) => application === group.application);
  const hint =
    own.length === 0
      ? `${system.name} can host no group of the catalogue`
      : `${system.name} can host ${quoted(own)}${keptClients(name, own, index)}`;
  return [
    diagnostic("KMS2004", "error", "keyGroup", { given: group.name, os: system.name, allowed: hosts, hint }),
  ];
}

const quoted = (groups: KeyGroupEntry[]) => groups.map(({ name }) => `"${name}"`).join(", ");

/** Which of the groups would still activate all clients of the host, whose setup keys then stay as they are. */
function keptClients(host: string, groups: KeyGroupEntry[], index: ProgramIndex): string {
  const clients = index
    .groupsOf(host)
    .filter(({ office }) => office === undefined)
    .flatMap(({ os, edition }) => (os === undefined || edition === undefined ? [] : [{ os, edition }]));
  const serving = groups.filter((group) =>
    clients.every(({ os, edition }) => findServing(group, os, edition) !== undefined),
  );
  const names = [...new Set(clients.map(({ os, edition }) => `${os} ${edition}`))].join(", ");
  return clients.length === 0 || serving.length === 0
    ? ""
    : `; ${names} need no other setup key with ${quoted(serving)}`;
}

/** A KMS host's edition exists, is no Azure Edition, and is one that the product key group names. */
export function hostEditionDiagnostics({ keyGroup, os, edition }: HostFacts): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || edition === undefined) {
    return [];
  }
  const known = findEdition(system.name, edition)?.edition;
  if (known === undefined) {
    const allowed = system.editions.map(({ name }) => name).join(", ");
    return [diagnostic("KMS2005", "error", "edition", { given: edition, os: system.name, allowed })];
  }
  if (known.azureOnly === true) {
    const allowed = system.editions
      .filter(({ azureOnly }) => azureOnly !== true)
      .map(({ name }) => name)
      .join(", ");
    return [diagnostic("KMS2006", "error", "edition", { given: `${system.name} ${known.name}`, allowed })];
  }
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  const named = group && findHosting(group, system.name)?.editions;
  if (group === undefined || named === undefined || named.includes(known.name)) {
    return [];
  }
  return [
    diagnostic("KMS2007", "error", "edition", {
      given: known.name,
      group: group.name,
      os: system.name,
      allowed: named.join(", "),
    }),
  ];
}

/** A KMS host whose operating system gets no more updates. */
export function hostSupportDiagnostics({ os }: HostFacts, { today }: ProgramIndex): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const end = system?.endOfSupport;
  return system === undefined || end === undefined || today === undefined || end >= today
    ? []
    : [diagnostic("KMS2104", "warning", "os", { given: system.name, end })];
}

/** An evaluation copy takes no volume license key. */
export function hostEvaluationDiagnostics({ name, image, os = "" }: HostFacts): Diagnostic[] {
  return image?.evaluation === true ? [diagnostic("KMS2103", "error", "image", { given: name, os })] : [];
}

/** A machine that is to be created needs an image of the Azure Marketplace. */
export function imageDiagnostics(machine: { os?: string; edition?: string; core?: boolean }): Diagnostic[] {
  const { os, edition, core } = machine;
  if (os === undefined || edition === undefined || findEdition(os, edition) === undefined) {
    return [];
  }
  try {
    findImage(os, { edition, core });
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [errorDiagnostic(error)];
    }
    throw error;
  }
}
