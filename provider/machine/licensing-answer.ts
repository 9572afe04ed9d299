import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer, OperationResult, Scalar, UnreadableState } from "./licensing-plan";

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === "string";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalarOrNull: Check = (value) =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

const isRecordOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);

const isHresult: Check = (value) => isText(value) && /^0x[0-9A-F]{8}$/.test(value as string);

const isOperation: Check = (value) =>
  isObject(value) &&
  isText(value.id) &&
  ["done", "skipped", "failed", "refused"].includes(value.result as string) &&
  (value.hresult === undefined || isHresult(value.hresult)) &&
  (value.detail === undefined || isText(value.detail)) &&
  (value.continued === undefined || value.continued === true);

const isUnreadable: Check = (value) =>
  isObject(value) &&
  ["target", "name", "detail"].every((key) => isText(value[key])) &&
  isHresult(value.hresult);

const isMachine: Check = (value) =>
  isObject(value) &&
  ["name", "domain", "uuid", "osBuild", "editionId"].every((key) => isText(value[key])) &&
  Number.isInteger(value.productType) &&
  isText(value.utc) &&
  !Number.isNaN(Date.parse(value.utc as string));

const members: Record<string, Check> = {
  version: (value) => value === 1,
  operations: (value) => Array.isArray(value) && value.every(isOperation),
  machine: isMachine,
  service: isRecordOf(isScalarOrNull),
  product: (value) => value === null || isRecordOf(isScalarOrNull)(value),
  features: isRecordOf(isText),
  firewall: isRecordOf(isText),
  registry: (value) => value === undefined || isRecordOf(isScalarOrNull)(value),
  windowsService: (value) => value === undefined || isRecordOf(isScalarOrNull)(value),
  firewallPolicy: (value) => value === undefined || value === null || isText(value),
  unreadable: (value) => value === undefined || (Array.isArray(value) && value.every(isUnreadable)),
  reservations: (value) => value === undefined || isRecordOf(isText)(value),
  publicKey: (value) =>
    value === undefined || (isObject(value) && isText(value.modulus) && isText(value.exponent)),
  events: isRecordOf(isText),
  clients: (value) =>
    value === undefined ||
    (isObject(value) &&
      isText(value.names) &&
      Number.isInteger(value.more) &&
      (value.oldest === null || isText(value.oldest))),
};

/** What keeps a document from being a LicensingAnswer, in words; undefined when it is one. */
export function answerFault(document: unknown): string | undefined {
  if (!isObject(document)) {
    return "the answer is not an object";
  }
  const wrong = Object.entries(members).find(([name, check]) => !check(document[name]));
  return wrong === undefined ? undefined : `the answer's member ${wrong[0]} is missing or malformed`;
}

/** A CIM value as text; "" for none. */
export const text = (value: Scalar | null | undefined) =>
  value === null || value === undefined ? "" : String(value);

/** A CIM value as a number; 0 for none. */
export const number = (value: Scalar | null | undefined) => (typeof value === "number" ? value : 0);

/** SoftwareLicensingProduct.ProductKeyChannel of a KMS host key (CSVLK). */
export const hostKeyChannel = "Volume:CSVLK";

/** SoftwareLicensingProduct.ProductKeyChannel of a KMS client setup key (GVLK). */
export const clientKeyChannel = "Volume:GVLK";

/** SoftwareLicensingProduct.VLActivationType of a license that Active Directory activated. Source: Microsoft's slmgr. */
export const byActiveDirectory = 1;

/** Values of SoftwareLicensingProduct.LicenseStatus, by number. Source: SoftwareLicensingProduct reference. */
const names = [
  "Unlicensed",
  "Licensed",
  "OOBGrace",
  "OOTGrace",
  "NonGenuineGrace",
  "Notification",
  "ExtendedGrace",
] as const;

export const licensed = 1;

/** The name of a license status, for example `Licensed` for 1. */
export function licenseStatusName(status: number): string {
  return names[status] ?? `Unknown (${status})`;
}

/** A step that Windows refused. */
export interface FailedOperation {
  id: string;
  hresult: string;
  /** The error's identifier and text, where the HRESULT alone would not tell it from others. */
  detail?: string;
}

const failure = ({ id, hresult, detail }: OperationResult): FailedOperation => ({
  id,
  hresult: hresult ?? "an error without a code",
  ...(detail !== undefined && { detail }),
});

/** The operation that stopped the script, with its HRESULT, if one did. */
export function failedOperation(answer: LicensingAnswer): FailedOperation | undefined {
  const failed = answer.operations.find(({ result, continued }) => result === "failed" && continued !== true);
  return failed === undefined ? undefined : failure(failed);
}

/** Operations that failed without stopping the script. */
export const toleratedFailures = ({ operations }: LicensingAnswer): FailedOperation[] =>
  operations.filter(({ continued }) => continued === true).map(failure);

/** The first of these targets that could not be read. */
export const unreadable = (
  answer: LicensingAnswer,
  ...targets: UnreadableState["target"][]
): UnreadableState | undefined => answer.unreadable?.find(({ target }) => targets.includes(target));

/** What says that a part of a machine's state could not be read. */
export const unreadableError = (
  { machine }: LicensingAnswer,
  { target, name, hresult, detail }: UnreadableState,
): KmsError =>
  target === "keyPair"
    ? new KmsError("KMS3035", { values: { machine: machine.name, given: `${hresult} (${detail})` } })
    : new KmsError("KMS3018", {
        values: { machine: machine.name, given: `${target} ${name}`.trim(), hresult, detail },
      });

/**
 * Throws where one of these could not be read.
 * @throws KmsError KMS3018
 */
export function requireReadable(answer: LicensingAnswer, ...targets: UnreadableState["target"][]): void {
  const failed = unreadable(answer, ...targets);
  if (failed !== undefined) {
    throw unreadableError(answer, failed);
  }
}

/** ID of the refusal for which the machine was left as it is, if there was one. */
export const refusalOf = (answer: LicensingAnswer): string | undefined =>
  answer.operations.find(({ result }) => result === "refused")?.id;
