import { setTimeout } from "node:timers/promises";
import {
  confirmationIdParameter,
  decodePlan,
  encodeAnswer,
  type LicensingAnswer,
  type LicensingPlan,
  type LicensingSecrets,
  licensingScript,
  planParameter,
  productKeyParameter,
  sealedKeyParameter,
} from "pulumi-windows-kms/bin/provider/testing";
import type { ArmState } from "../arm/arm-state";
import type { ScriptTiming } from "../arm/async-operations";
import type { Fleet } from "../windows/fleet";

/** A script as a run command gives it to the machine. */
export interface GuestScript {
  /** Whether Windows starts it as a file, so that the execution policy counts. */
  isFile?: boolean;
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

/** What a script that the lab knows asks of the machine. */
interface LicensingRun {
  plan: LicensingPlan;
  secrets: LicensingSecrets;
}

/**
 * Runs a script on a simulated machine. The lab has no PowerShell: it knows the licensing script and does what
 * that does; any other script fails.
 */
export function runGuestScript(fleet: Fleet, machineId: string, guest: GuestScript): GuestResult {
  const run = policyRefusal(fleet, machineId, guest) ?? licensingRun(guest);
  if ("exitCode" in run) {
    return run;
  }
  return fleet.isBusy(machineId) ? busy : answered(fleet.runLicensingPlan(machineId, run.plan, run.secrets));
}

/** How often a script that waits for another looks at the machine, by the system's clock. */
const lookMilliseconds = 5;

/** Pauses of a script: before its operations, between what it records of an activation and the activation, and after that. */
const pausesOfScript = 3;

/**
 * The same for a script that takes its time or waits for its turn.
 * @param isAlive whether nothing has ended it: its machine was stopped, or its run command deleted
 * @returns undefined for a script that was ended
 */
export async function takeGuestScript(
  { fleet, clock }: Pick<ArmState, "fleet" | "clock">,
  machineId: string,
  guest: GuestScript,
  timing: ScriptTiming,
  isAlive: () => boolean,
): Promise<GuestResult | undefined> {
  const run = policyRefusal(fleet, machineId, guest) ?? licensingRun(guest);
  if ("exitCode" in run) {
    return run;
  }
  const start = () => fleet.startLicensingPlan(machineId, run.plan, run.secrets, timing.sideBySide);
  await clock.sleep(timing.delayMilliseconds);
  let steps = isAlive() ? start() : undefined;
  while (steps === undefined && isAlive()) {
    await setTimeout(lookMilliseconds);
    steps = isAlive() ? start() : undefined;
  }
  // From here on its turn ends with it.
  for (let pauses = 0; steps !== undefined; pauses += 1) {
    if (pauses < pausesOfScript) {
      await clock.sleep(timing.milliseconds / pausesOfScript);
    }
    if (!isAlive()) {
      steps.return(undefined as never);
      return undefined;
    }
    const { done, value } = steps.next();
    if (done === true) {
      return answered(value);
    }
  }
  return undefined;
}

/** What a script prints, or PowerShell in its place, where a policy of the machine keeps it from running. */
function policyRefusal(fleet: Fleet, machineId: string, { isFile }: GuestScript): GuestResult | undefined {
  if (!fleet.isRunning(machineId)) {
    return undefined;
  }
  const { constrainedLanguage, signedScriptsOnly } = fleet.conditions(machineId);
  if (isFile === true && signedScriptsOnly) {
    return failed(
      "File script0.ps1 cannot be loaded. The file is not digitally signed.\n" +
        "    + CategoryInfo          : SecurityError: (:) [], ParentContainsErrorRecordException\n" +
        "    + FullyQualifiedErrorId : UnauthorizedAccess",
    );
  }
  return constrainedLanguage
    ? { exitCode: 0, output: "pulumi-windows-kms: ConstrainedLanguage", error: "" }
    : undefined;
}

const answered = (answer: LicensingAnswer): GuestResult => ({
  exitCode: 0,
  output: encodeAnswer(answer),
  error: "",
});

/** What the script prints that waited for another one in vain. */
const busy: GuestResult = { exitCode: 0, output: '{"version":1,"busy":true}', error: "" };

function licensingRun(guest: GuestScript): LicensingRun | GuestResult {
  if (normalise(guest.script) !== normalise(licensingScript)) {
    return failed("The lab runs the licensing script of this package and no other script.");
  }
  const encoded = guest.parameters.get(planParameter);
  if (encoded === undefined) {
    return failed(`The licensing script needs the parameter ${planParameter}.`);
  }
  const secrets = {
    productKey: guest.protectedParameters.get(productKeyParameter),
    sealedKey: guest.protectedParameters.get(sealedKeyParameter),
    confirmationId: guest.protectedParameters.get(confirmationIdParameter),
  };
  try {
    return { plan: decodePlan(encoded), secrets };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
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
