import type { Fleet } from "../windows/fleet";
import {
  confirmationIdParameter,
  decodePlan,
  encodeAnswer,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "../../machine/licensing-script";

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
