import type { Diagnostic } from "./diagnostic";
import { itemPath, memberPath } from "./paths";

/** Arguments that may have come as secrets. */
export interface SecretArguments {
  args: unknown;
  isSecret?(path: string): boolean;
}

/** A shorter text, and a number, stands in many a message by chance: it is hidden only in what is said of its own argument. */
const shortest = 4;

/** Messages repeat so much of a long value. */
const shownLength = 59;

/** What stands in the place of a secret, as Pulumi shows one. */
const hidden = "[secret]";

/** What came as a secret. */
export interface Secrets {
  /** Texts that no message repeats, and their beginnings. */
  texts: string[];
  /** Short texts and numbers, each with the path of its argument. */
  short: { path: string; text: string }[];
}

/** The values among arguments that came as secrets. */
export function secretsAmong({ args, isSecret }: SecretArguments): Secrets {
  const texts = new Set<string>();
  const short: Secrets["short"] = [];
  const collect = (value: unknown, path: string): void => {
    if (typeof value === "string" || typeof value === "number") {
      const text = String(value);
      if (text === "" || isSecret?.(path) !== true) {
        return;
      }
      if (typeof value === "string" && text.length >= shortest) {
        texts.add(text).add(text.slice(0, shownLength));
      } else {
        short.push({ path, text });
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => collect(item, itemPath(path, index)));
    } else if (typeof value === "object" && value !== null) {
      Object.entries(value).forEach(([name, member]) => collect(member, memberPath(path, name)));
    }
  };
  if (isSecret !== undefined) {
    collect(args, "");
  }
  return { texts: [...texts], short };
}

/** The argument that is a secret by nature, whose handlers hide it themselves. */
const byNature = /(^|\.)(productKey|confirmationId|adminPassword|password|privateKey|passphrase|secret)$/;

/** Texts of arguments that came as secrets though they are none by nature. */
export const plainSecretTexts = ({ args, isSecret }: SecretArguments): string[] =>
  isSecret === undefined
    ? []
    : secretsAmong({ args, isSecret: (path) => !byNature.test(path) && isSecret(path) }).texts;

/** A text that repeats none of these, in any case. */
export function withoutTexts(text: string, texts: readonly string[]): string {
  const lower = text.toLowerCase();
  const found = texts.filter((one) => lower.includes(one.toLowerCase()));
  return found.sort(longestFirst).reduce(hide, text);
}

/**
 * Diagnostics whose messages do not repeat secrets: a rule prints what it judges, and that may have come as a secret.
 * @param own secrets of the resource that the diagnostics are about
 * @param others secrets of other resources, which a message may name as well
 */
export function withoutSecrets(
  diagnostics: readonly Diagnostic[],
  own: Secrets,
  others: readonly Secrets[] = [],
): Diagnostic[] {
  const texts = [own, ...others].flatMap((secrets) => secrets.texts);
  return diagnostics.map((one) => {
    const message = withoutTexts(one.message, texts);
    const short = own.short.filter(({ path }) => path === one.path).map(({ text }) => text);
    const shown = short.length === 0 ? message : hideShort(message, one, short);
    return shown === one.message ? one : { ...one, message: shown };
  });
}

/** Code and path stay: they may have the same digits. */
function hideShort(message: string, { code, path }: Diagnostic, texts: readonly string[]): string {
  const head = `${code} ${path}: `;
  const start = message.startsWith(head) ? head.length : 0;
  const whole = (rest: string, text: string) =>
    rest.replace(new RegExp(`(?<![\\w.])${escaped(text)}(?![\\w])`, "gi"), hidden);
  return message.slice(0, start) + texts.reduce(whole, message.slice(start));
}

const longestFirst = (one: string, other: string) => other.length - one.length;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const hide = (message: string, text: string) => message.replace(new RegExp(escaped(text), "gi"), hidden);
