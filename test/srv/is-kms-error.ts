import { KmsError } from "../../provider/errors/kms-error";

/** Whether an error has this code and, in its message, all of these texts. */
export const isKmsError =
  (code: string, ...parts: string[]) =>
  (error: unknown): boolean =>
    error instanceof KmsError && error.code === code && parts.every((part) => error.message.includes(part));
