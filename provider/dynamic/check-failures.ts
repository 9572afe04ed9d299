import type * as pulumi from "@pulumi/pulumi";
import type { Verdict } from "../rules/verdict";

/**
 * Errors as the engine wants them. The property stays empty, because the engine would print its value, a product key
 * as well; the path stands in the message.
 */
export function checkFailures(verdicts: Verdict[]): pulumi.dynamic.CheckFailure[] {
  return verdicts
    .filter((verdict) => verdict.severity === "error")
    .map((verdict) => ({ property: "", reason: verdict.message }));
}
