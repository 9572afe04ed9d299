import type { JsonObject } from "./json";

/** A refusal in Azure's words: HTTP status, Azure's error code, message, and the property it is about. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly target?: string,
  ) {
    super(message);
    this.name = "ArmError";
  }
}

/** The `error` object that Azure answers with. */
export function errorObject({ code, message, target }: ArmError): JsonObject {
  return { code, message, ...(target !== undefined && { target }) };
}

/** What Azure answers for a missing resource. */
export function resourceNotFound(type: string, name: string, group: string): ArmError {
  return new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
