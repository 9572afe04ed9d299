import { type AzureRuleName, azureRules } from "../../catalog/azure-rules";

/** Why Azure refuses a value. */
export interface AzureRefusal {
  rule: AzureRuleName;
  /** The reason in words, which never repeat a password. */
  reason: string;
  /** The value that is refused, where Azure repeats it. */
  given?: string;
}

/** The refusal of a value by a rule; undefined where the value is right. */
export const refusedUnless = (
  right: boolean,
  rule: AzureRuleName,
  reason: string,
  given?: string,
): AzureRefusal | undefined => (right ? undefined : { rule, reason, ...(given !== undefined && { given }) });

/** Azure's error code and words for a refusal. */
export function azureAnswer({ rule, reason, given = "" }: AzureRefusal, values: Record<string, string> = {}) {
  const { code, answer = `${azureRules[rule].states} Here, ${reason}.` } = azureRules[rule];
  const message = answer.replace(/\{(\w+)\}/g, (_, name: string) => ({ given, ...values })[name] ?? name);
  return { code, message };
}

/** Whether a text has a control character. */
export const hasControlCharacter = (text: string) =>
  [...text].some((character) => character < " " || character === "\u007f");
