import { explainHresult } from "../catalog/hresults";
import { findKeyGroup, officeGroup, officeName } from "../catalog/key-groups";
import { updatesForKey } from "../catalog/updates";
import { report } from "../engine/handler";
import { formatError, KmsError } from "../errors/kms-error";
import { type FailedOperation, toleratedFailures, unreadableError } from "../machine/licensing-answer";
import { type LicensingAnswer, recordOperation, registryKey } from "../machine/licensing-plan";
import { findingsFor } from "../rules/findings";
import { installOperation } from "./plan";
import { hostSettings } from "./settings";
import type { ManagedHostInputs } from "./state";

/** What the installation of a key gives where its product is not there. Source: SLInstallProofOfPurchaseEx reference. */
const productMissing = new Set(["0xC004F015", "0xC004F050", "0xC004F069"]);

/** The error for a step that Windows refused. */
export function refusedStep(
  machine: string,
  {
    activationId,
    keyGroup,
    os,
    findings,
  }: Pick<ManagedHostInputs, "activationId" | "keyGroup" | "os" | "findings">,
  { id, hresult, detail }: FailedOperation,
): KmsError {
  if (id === recordOperation) {
    return new KmsError("KMS4041", { values: { machine, hresult, registryKey } });
  }
  const explained = explainHresult(hresult, "host", detail);
  const pack = activationId === undefined ? undefined : officeGroup(keyGroup);
  if (pack !== undefined && id === installOperation && productMissing.has(hresult)) {
    const { name } = explained;
    const values = { machine, office: officeName(pack), hresult, name, pack: pack.licensePackId ?? 0 };
    return new KmsError("KMS4040", { property: "officeKeys", values });
  }
  const found = findingsFor(hresult, "host", findings).map(({ message }) => `${message} `);
  const remedy = `${found.join("")}${explained.remedy}${id === installOperation ? updatesInWords(hresult, keyGroup, os) : ""}`;
  return new KmsError("KMS4001", { values: { machine, operation: id, ...explained, remedy } });
}

/** What Windows gives where it does not know the product of a key. Source: SLInstallProofOfPurchaseEx reference. */
const keyNotKnown = "0xC004F050";

/** Updates by which Windows comes to know keys of a newer group. */
function updatesInWords(hresult: string, keyGroup: string, os = ""): string {
  const group = findKeyGroup(keyGroup);
  const updates = hresult !== keyNotKnown || group === undefined ? [] : updatesForKey(os, group);
  return updates.length === 0
    ? ""
    : ` A host on ${os} takes a key of ${group!.name} only with ${updates.map(({ kb }) => kb).join(", ")} or a later cumulative update: install it first.`;
}

/** What did not go as it should and keeps no host from serving. */
export function reportTolerated(name: string, machine: string, answer: LicensingAnswer): void {
  for (const { id, hresult, detail = "" } of toleratedFailures(answer)) {
    if (id === hostSettings.installRole.operation) {
      report(name, formatError("KMS4022", { values: { machine, hresult, detail } }));
    }
  }
  reportUnreadable(name, answer);
}

/** Says what of a machine's state could not be read; where nothing can be decided without it, that is an error. */
export function reportUnreadable(name: string, answer: LicensingAnswer): void {
  answer.unreadable?.forEach((part) => report(name, unreadableError(answer, part).message));
}
