import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { labControl } from "../arm/lab-control";
import { runSshCommand } from "./run-ssh-command";

/** What sshd runs instead of the command that it was asked for: the simulated Windows machine with this name. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { lab: { type: "string" }, machine: { type: "string" } } });
  const { lab = "", machine = "" } = values;
  const command = process.env.SSH_ORIGINAL_COMMAND ?? "";
  const result = await runSshCommand(labControl(lab), machine, command, await text(process.stdin));
  process.stdout.write(result.output);
  process.stderr.write(result.error);
  process.exitCode = result.exitCode;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
