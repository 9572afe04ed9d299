import { type ErrorEntry, formatEntry, type KmsErrorDetails } from "pulumi-windows-kms/bin/provider/testing";
import registry from "./errors.json";

/** A row of the lab's registry of error codes. */
export interface LabErrorEntry extends Pick<ErrorEntry, "code" | "title" | "message" | "fix"> {
  /** What the error may be about, for the reference. */
  example?: Pick<KmsErrorDetails, "property" | "values">;
}

/** All errors of the lab, in code order. */
export const labErrors: readonly LabErrorEntry[] = registry as LabErrorEntry[];

/** A refusal or a failure of the lab. Its message reads `CODE property: what is wrong. What to do.`, as those of the package do. */
export class LabError extends Error {
  /** Stable code, `KMS` and four digits. */
  readonly code: string;
  /** The flag or property that it is about; undefined where it is about none. */
  readonly property?: string;

  constructor(code: string, details: KmsErrorDetails = {}, errors: readonly LabErrorEntry[] = labErrors) {
    const entry = errors.find((candidate) => candidate.code === code);
    if (entry === undefined) {
      throw new TypeError(`no such error code: ${code}`);
    }
    super(formatEntry(entry, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.property = details.property;
  }
}
