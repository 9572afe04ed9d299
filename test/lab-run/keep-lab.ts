import { writeFile } from "node:fs/promises";
import path from "node:path";
import { quoteFor, setVariables } from "../../provider/lab/cli/shell-text";

/** How to use a lab that goes on running. */
export interface KeptLab {
  /** Shell file that sets the environment for the commands. */
  environmentFile: string;
  /** Folder of the state, the log and the environment file. */
  folder: string;
  /** Processes of the lab. */
  pids: number[];
  commands: { purpose: string; command: string }[];
}

/** Writes the environment file; it holds the passphrase of the stack, so only its owner can read it. */
export async function keepLab(
  folder: string,
  pids: number[],
  environment: Record<string, string>,
  stackArgs: string[],
  updateFlags: string[] = [],
): Promise<KeptLab> {
  const windows = process.platform === "win32";
  const shell = windows ? "powershell" : "sh";
  const environmentFile = path.join(folder, windows ? "environment.ps1" : "environment.sh");
  await writeFile(environmentFile, setVariables(environment, shell), { mode: 0o600 });
  const quote = (text: string) => quoteFor(shell, text);
  const words = (args: string[]) =>
    args.map((argument) => (/^[\w./:-]+$/.test(argument) ? argument : quote(argument))).join(" ");
  const stack = words(stackArgs);
  const stop = windows
    ? `Stop-Process -Id ${pids.join(",")}; Remove-Item -Recurse ${quote(folder)}`
    : `kill ${pids.join(" ")}; rm -r ${quote(folder)}`;
  const commands = [
    { purpose: "first, in the shell you use:", command: `. ${quote(environmentFile)}` },
    {
      purpose: "after a change to the program:",
      command: `pulumi up ${words([...stackArgs, ...updateFlags])}`,
    },
    { purpose: "to see what was changed by hand:", command: `pulumi refresh ${stack}` },
    { purpose: "to remove the resources:", command: `pulumi destroy ${stack}` },
    { purpose: "at the end, to stop the lab and remove its files:", command: stop },
  ];
  return { environmentFile, folder, pids, commands };
}
