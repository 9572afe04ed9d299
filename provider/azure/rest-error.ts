import type { RestError } from "@azure/core-rest-pipeline";

export type { RestError };

/** Whether Azure answered with an error. It has the name of Microsoft's class, so that nobody loads the library to ask. */
export const isRestError = (error: unknown): error is RestError =>
  error instanceof Error && error.name === "RestError";
