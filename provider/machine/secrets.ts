/** A product key in clear: five groups of five letters or digits. */
const productKeyPattern = /\b(?:[A-Z0-9]{5}-){4}([A-Z0-9]{5})\b/gi;

/** Shorter parts of a secret are too common to be looked for. */
const shortestPart = 5;

/**
 * The text without the secrets. Of anything that looks like a product key the last five characters stay. Parts of a
 * secret are masked too, since a text may have been cut in the middle of one.
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const masked = text.replace(productKeyPattern, "*****-$1");
  return secrets.flatMap(recognisable).reduce(maskAll, masked);
}

/** What gives a secret away: the whole, the whole without hyphens, and each group but the last. */
function recognisable(secret: string): string[] {
  const groups = secret.split("-");
  return [secret, groups.join(""), ...groups.slice(0, -1)].filter((part) => part.length >= shortestPart);
}

function maskAll(text: string, part: string): string {
  return text.replace(new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi"), "*****");
}

/**
 * What a library threw as a cause that can be kept: message and stack without the secrets, and of its own members only
 * these, since others may hold a request with secrets in its body.
 */
export function withoutSecrets(
  thrown: unknown,
  secrets: readonly string[],
  members: readonly string[] = [],
): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const copy = new Error(maskSecrets(error.message, secrets));
  copy.name = error.name;
  copy.stack = error.stack === undefined ? undefined : maskSecrets(error.stack, secrets);
  const kept = members.map((name) => [name, (error as unknown as Record<string, unknown>)[name]] as const);
  return Object.assign(copy, Object.fromEntries(kept.filter(([, value]) => value !== undefined)));
}

/** A message's first sentence, to be put into a sentence of ours. */
export const oneSentence = (message: string) => message.trim().split("\n")[0].replace(/\.$/, "");
