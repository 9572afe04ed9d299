import { KmsError } from "../errors/kms-error";

/**
 * A machine's error that came before the request: it was refused or never sent, so nothing was done on the machine and
 * nothing will be. Any other error of a machine says nothing about that, whatever its code.
 */
export class NotSentError extends KmsError {
  constructor(reason: KmsError) {
    super(reason.code, { property: reason.property, cause: reason.cause });
    this.message = reason.message;
  }
}
