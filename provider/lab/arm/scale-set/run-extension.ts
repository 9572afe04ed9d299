import { decodeExtensionCommand } from "../../../machine/scale-set-extension";
import { encodePlan, planParameter } from "../../../machine/licensing-script";
import type { ArmState } from "../arm-state";
import { type GuestResult, runGuestScript } from "../guest-script";
import type { JsonObject } from "../json";
import { outputTail } from "../output-tail";

/** An extension of a scale set's model with its command line. */
export interface ModelExtension {
  name: string;
  publisher: string;
  type: string;
  /** Undefined when there is none, or it was lost. */
  command: string | undefined;
  digest: string;
}

/** Runs an extension on a running machine; gives what the machine's instance view shows of it. */
export function runExtension(arm: ArmState, machineId: string, extension: ModelExtension): JsonObject {
  return viewOf(extension, run(arm, machineId, extension), new Date(arm.clock.now()).toISOString());
}

function run(arm: ArmState, machineId: string, { command, type }: ModelExtension): GuestResult {
  if (type !== "CustomScriptExtension") {
    return { exitCode: 0, output: "", error: "" };
  }
  if (command === undefined) {
    return { exitCode: 1, output: "", error: "The extension has no commandToExecute." };
  }
  const decoded = decodeExtensionCommand(command);
  if (decoded === undefined) {
    return { exitCode: 1, output: "", error: "The lab runs the licensing script of this package alone." };
  }
  return runGuestScript(arm.fleet, machineId.toLowerCase(), {
    script: decoded.script,
    parameters: new Map([[planParameter, encodePlan(decoded.plan)]]),
    protectedParameters: new Map(),
  });
}

/** Output and errors stand in substatuses, their last 4,096 bytes. Source: custom-script-windows.md. */
function viewOf({ name, publisher, type }: ModelExtension, result: GuestResult, time: string): JsonObject {
  const succeeded = result.exitCode === 0;
  const stream = (kind: string, message: string) => ({
    code: `ComponentStatus/${kind}/succeeded`,
    level: "Info",
    displayStatus: "Provisioning succeeded",
    message: outputTail(message),
    time,
  });
  return {
    name,
    type: `${publisher}.${type}`,
    typeHandlerVersion: "1.10.20",
    substatuses: [stream("StdOut", result.output), stream("StdErr", result.error)],
    statuses: [
      {
        code: succeeded ? "ProvisioningState/succeeded" : `ProvisioningState/failed/${result.exitCode}`,
        level: succeeded ? "Info" : "Error",
        displayStatus: succeeded ? "Provisioning succeeded" : "Provisioning failed",
        message: succeeded
          ? "Finished executing command"
          : `Command execution finished, but failed because it returned a non-zero exit code of: '${result.exitCode}'`,
        time,
      },
    ],
  };
}
