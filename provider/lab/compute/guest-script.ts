import {
  confirmationIdParameter,
  decodePlan,
  encodeAnswer,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "pulumi-windows-kms/bin/provider/testing";
import type { Fleet } from "../windows/fleet";

/** A script as a run command gives it to the machine. */
export interface GuestScript {
  script: string;
  parameters: Map<string, string>;
  protectedParameters: Map<string, string>;
}

/** What became of a script on the machine. */
export interface GuestResult {
  exitCode: number;
  output: string;
  error: string;
}

/**
 * Runs a script on a simulated machine. The lab has no PowerShell: it knows the licensing script and does what
 * that does; any other script fails.
 */
export function runGuestScript(fleet: Fleet, machineId: string, guest: GuestScript): GuestResult {
  if (normalise(guest.script) !== normalise(licensingScript)) {
    return failed("The lab runs the licensing script of this package and no other script.");
  }
  const encoded = guest.parameters.get(planParameter);
  if (encoded === undefined) {
    return failed(`The licensing script needs the parameter ${planParameter}.`);
  }
  let plan;
  try {
    plan = decodePlan(encoded);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const secrets = {
    productKey: guest.protectedParameters.get(productKeyParameter),
    confirmationId: guest.protectedParameters.get(confirmationIdParameter),
  };
  const answer = fleet.runLicensingPlan(machineId, plan, secrets);
  return { exitCode: 0, output: encodeAnswer(answer), error: "" };
}

const failed = (error: string): GuestResult => ({ exitCode: 1, output: "", error });

/** Line ends may change on the way. */
const normalise = (script: string) => script.replaceAll("\r\n", "\n").trim();

/** How much of a script's output Azure keeps. Source: run-command-managed.md. */
const keptBytes = 4096;

/** The last 4,096 bytes of a text, as the instance view of a run command shows it. */
export function outputTail(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length <= keptBytes ? text : bytes.subarray(bytes.length - keptBytes).toString("utf8");
}
