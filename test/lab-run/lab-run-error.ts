import type { KmsErrorDetails } from "../../provider/errors/kms-error";
import { LabError } from "../../provider/lab/lab-error";
import errors from "./errors.json";

/** A refusal or a failure of `npm run lab`. */
export class LabRunError extends LabError {
  constructor(code: string, details: KmsErrorDetails = {}) {
    super(code, details, errors);
  }
}
