import type { GuestResult } from "../arm/guest-script";
import { decodeInput, type ScriptInput, sshCommand } from "../../machine/ssh";

/** Where scripts run: the lab's control calls. */
interface ScriptRunner {
  runScript(machine: string, input: ScriptInput): Promise<GuestResult>;
}

/** Does what a Windows machine does with a command over SSH; of commands it knows the one that runs our script. */
export async function runSshCommand(
  lab: ScriptRunner,
  machine: string,
  command: string,
  input: string,
): Promise<GuestResult> {
  if (command !== sshCommand) {
    return failed("The lab runs the command of this package and no other command.");
  }
  let given: ScriptInput;
  try {
    given = decodeInput(input);
  } catch {
    // The parser's message would quote the input.
    return failed("Invalid JSON.");
  }
  return lab.runScript(machine, given);
}

const failed = (error: string): GuestResult => ({ exitCode: 1, output: "", error });
