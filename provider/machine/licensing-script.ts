import { readFileSync } from "node:fs";
import path from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { KmsError } from "../errors/kms-error";
import { answerFault } from "./licensing-answer";
import type { LicensingAnswer, LicensingPlan } from "./licensing-plan";
import { NotSentError } from "./not-sent";
import { maskSecrets } from "./secrets";

/** The PowerShell script that obeys a licensing plan on a Windows machine. */
export const licensingScript: string = readFileSync(path.join(__dirname, "licensing.ps1"), "utf8");

/** The script's parameter with the plan, as `encodePlan` writes it. */
export const planParameter = "plan";

/** The script's protected parameter with the product key. */
export const productKeyParameter = "productKey";

/** The script's protected parameter with the product key as `sealProductKey` wrote it. */
export const sealedKeyParameter = "sealedKey";

/** The script's protected parameter with the confirmation ID of telephone activation. */
export const confirmationIdParameter = "confirmationId";

/**
 * A plan as the script takes it: compressed, so that a table of all setup keys fits on a command line, and in base64, since
 * other characters can get lost on the way to the machine.
 */
export const encodePlan = (plan: LicensingPlan): string => compress(JSON.stringify(plan));

/** A text in base64 as .NET's DeflateStream unpacks it. */
export const compress = (text: string): string => deflateRawSync(text, { level: 9 }).toString("base64");

/** Reads what `compress` wrote. */
export const expand = (packed: string): string =>
  inflateRawSync(Buffer.from(packed, "base64")).toString("utf8");

/** Reads what `encodePlan` wrote. */
export const decodePlan = (packed: string): LicensingPlan => JSON.parse(expand(packed)) as LicensingPlan;

/** What the script prints: one compact JSON document in ASCII. */
export function encodeAnswer(answer: LicensingAnswer): string {
  return JSON.stringify(answer).replace(/[^\x20-\x7e]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** How much of an unusable output is shown. */
const shownCharacters = 300;

/**
 * Reads the script's answer off what the machine printed; what a shell prints around it does not matter.
 * @throws NotSentError KMS3011 when the script found another one running, KMS3017 when a policy kept it from running; KmsError KMS3008 when there is no complete answer; it shows the end of the output without the secrets
 */
export function decodeAnswer(
  output: string,
  machineName: string,
  secrets: readonly string[] = [],
): LicensingAnswer {
  const mode = /pulumi-windows-kms: (\w*Language)/.exec(output)?.[1];
  if (mode !== undefined) {
    throw policyError(machineName, `PowerShell runs in ${mode} mode`);
  }
  const document = parseDocument(output);
  if ((document as { busy?: unknown } | undefined)?.busy === true) {
    throw new NotSentError(new KmsError("KMS3011", { values: { machine: machineName } }));
  }
  const fault = document === undefined ? "there is no complete JSON document" : answerFault(document);
  if (fault !== undefined) {
    const shown = maskSecrets(output.trim(), secrets).slice(-shownCharacters);
    throw new KmsError("KMS3008", {
      values: { machine: machineName, reason: fault, given: shown === "" ? "nothing" : shown },
    });
  }
  return document as LicensingAnswer;
}

/** A policy kept the script from running, so that nothing was done. */
const policyError = (machine: string, given: string): NotSentError =>
  new NotSentError(new KmsError("KMS3017", { values: { machine, given } }));

/** What Windows PowerShell says of a script that the execution policy does not allow, in every language of Windows. */
const refusedByPolicy = /\bPSSecurityException\b|FullyQualifiedErrorId\s*:\s*UnauthorizedAccess\b/;

/**
 * The error for a script that ended without an answer.
 * @param said what it printed, without secrets
 */
export function failedScript(
  machine: string,
  { exitCode, said }: { exitCode: number | string; said: string },
): Error {
  return refusedByPolicy.test(said)
    ? policyError(machine, "its execution policy allows signed scripts alone")
    : new KmsError("KMS3007", { values: { machine, exitCode, given: said.slice(-shownCharacters) } });
}

/** The script prints no line breaks, so any in its document were added by a console. */
function parseDocument(output: string): unknown {
  const line = output.replace(/[\r\n]/g, "");
  const document = line.slice(Math.max(0, line.indexOf('{"version":')), line.lastIndexOf("}") + 1);
  try {
    return JSON.parse(document);
  } catch {
    // The parser's own message would quote the output.
    return undefined;
  }
}
