import data from "./data/azure-rules.json";

/** A rule of an Azure service about what it is sent. */
export interface AzureRule {
  /** The rule in words. */
  states: string;
  minimum?: number;
  maximum?: number;
  /** What is refused: whole values, words or characters. */
  values?: readonly string[];
  /** What values match that are right, or those that the rule is about, as `states` says. */
  pattern?: string;
  /** Azure's error code. */
  code: string;
  /** Whether no page was found that shows the code. */
  codeUnconfirmed?: boolean;
  /** Azure's own words, with `{names}` where values stand. */
  answer?: string;
  /** Page that shows code or words. */
  answerSource?: string;
  /** Page that states the rule. */
  source: string;
}

/** Name of a rule. */
export type AzureRuleName = keyof typeof data;

/** What Azure's services refuse, each rule with its source. */
export const azureRules = data as unknown as Readonly<Record<AzureRuleName, AzureRule>>;

const patterns = new Map<AzureRuleName, RegExp>();

/** Whether a text matches the pattern of a rule; names in Azure differ in capitals alone. */
export function matchesRule(name: AzureRuleName, text: string): boolean {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(azureRules[name].pattern ?? "", "iu");
    patterns.set(name, pattern);
  }
  return pattern.test(text);
}

/** Whether a rule's list has this value, whatever its capitals. */
export const isListed = (name: AzureRuleName, text: string): boolean =>
  (azureRules[name].values ?? []).includes(text.toLowerCase());

/** The first character of a text that the rule's list has. */
export const listedCharacter = (name: AzureRuleName, text: string): string | undefined =>
  [...text].find((character) => azureRules[name].values?.includes(character));

/** Whether a number, or the length of a text, is within the bounds of a rule. */
export function isWithin(name: AzureRuleName, given: number | string): boolean {
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY } = azureRules[name];
  const size = typeof given === "string" ? [...given].length : given;
  return Number.isInteger(size) && minimum <= size && size <= maximum;
}
