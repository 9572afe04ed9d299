import { AsyncLocalStorage } from "node:async_hooks";
import { withoutTexts } from "../rules/secrets";
import { containsUnknown } from "./inputs";

/*
 * Arguments that came as secrets though they are none by nature, such as a computer name. The engine gives handlers their values
 * in clear, so the component hands the texts over as well: what a handler prints, throws or reports does not repeat them, and
 * what it stores of them under other names is stored as a secret.
 */

/** What a resource has of the texts, in its inputs or its outputs. */
export interface WithSecretTexts {
  secretTexts?: readonly string[];
}

const running = new AsyncLocalStorage<readonly string[]>();

/** A text without the secrets of the work that is going on. */
export const withoutSecretsOfWork = (text: string): string => withoutTexts(text, running.getStore() ?? []);

/** Works while nothing that is printed, and no error, repeats the secrets of these inputs and outputs. */
export function withSecretsHidden<Result>(
  of: readonly (WithSecretTexts | undefined)[],
  work: () => Result,
): Result {
  const texts = of.flatMap((props) => {
    const known = props?.secretTexts;
    return Array.isArray(known) && !containsUnknown(known) ? (known as string[]) : [];
  });
  if (texts.length === 0) {
    return work();
  }
  return running.run([...new Set(texts)], () => {
    try {
      const result = work();
      return result instanceof Promise ? (result.catch(throwHidden) as Result) : result;
    } catch (error) {
      return throwHidden(error);
    }
  });
}

function throwHidden(error: unknown): never {
  let one: unknown = error;
  while (one instanceof Error) {
    one.message = withoutSecretsOfWork(one.message);
    one.stack = one.stack === undefined ? undefined : withoutSecretsOfWork(one.stack);
    const { reasons, cause } = one as { reasons?: string[]; cause?: unknown };
    reasons?.splice(0, reasons.length, ...reasons.map(withoutSecretsOfWork));
    one = cause;
  }
  throw error;
}
