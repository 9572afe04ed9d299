import type { Diagnostic } from "./diagnostic";
import { itemPath, memberPath } from "./paths";

/** Arguments that may have come as secrets. */
export interface SecretArguments {
  args: unknown;
  isSecret?(path: string): boolean;
}

/** A shorter text stands in any message, and hides nothing. */
const shortest = 4;

/** Messages repeat so much of a long value. */
const shownLength = 59;

/** What stands in the place of a secret, as Pulumi shows one. */
const hidden = "[secret]";

/** The texts among arguments that came as secrets, and their beginnings. */
export function secretTexts({ args, isSecret }: SecretArguments): string[] {
  const texts = new Set<string>();
  const collect = (value: unknown, path: string): void => {
    if (typeof value === "string" && value.length >= shortest && isSecret?.(path) === true) {
      texts.add(value).add(value.slice(0, shownLength));
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => collect(item, itemPath(path, index)));
    } else if (typeof value === "object" && value !== null) {
      Object.entries(value).forEach(([name, member]) => collect(member, memberPath(path, name)));
    }
  };
  if (isSecret !== undefined) {
    collect(args, "");
  }
  return [...texts];
}

/** Diagnostics whose messages do not repeat these texts: a rule prints what it judges, and that may have come as a secret. */
export function withoutSecrets(diagnostics: readonly Diagnostic[], texts: readonly string[]): Diagnostic[] {
  return diagnostics.map((one) => {
    const lower = one.message.toLowerCase();
    const found = texts.filter((text) => lower.includes(text.toLowerCase()));
    return found.length === 0 ? one : { ...one, message: found.sort(longestFirst).reduce(hide, one.message) };
  });
}

const longestFirst = (one: string, other: string) => other.length - one.length;

const hide = (message: string, text: string) =>
  message.replace(new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi"), hidden);
