import path from "node:path";
import type { LabControl } from "../../../provider/lab/arm/lab-control";
import { startLabSshd, type LabSshd, type LabSshdOptions } from "../../../provider/lab/ssh/lab-sshd";
import { runSshCommand } from "../../../provider/lab/ssh/run-ssh-command";
import { sshCommand } from "../../../provider/machine/ssh";
import { finish, startTestServer, type TestServer } from "../../machine/ssh-server";

const forcedCommandFile = path.join(__dirname, "../../../provider/lab/ssh/forced-command.ts");

/** The command of the simulated machine, run from its TypeScript source. */
export function sourceCommand(lab: string, machine: string): string {
  const words = [process.execPath, "--require", require.resolve("tsx/cjs"), forcedCommandFile];
  return [...words, "--lab", lab, "--machine", machine].map((word) => `'${word}'`).join(" ");
}

/** The SSH servers of a lab's machines. */
export function startSshd(
  lab: string,
  forcedCommand: LabSshdOptions["forcedCommand"] = (machine) => sourceCommand(lab, machine),
): LabSshd {
  return startLabSshd({ lab, forcedCommand });
}

/** A machine of the lab behind an SSH server of the test's own process, which takes any password. */
export function startSshMachine(control: LabControl, machine: string): Promise<TestServer> {
  return startTestServer({
    run(channel, input) {
      void runSshCommand(control, machine, sshCommand, input)
        .catch((error: Error) => ({ exitCode: 1, output: "", error: error.message }))
        .then(({ exitCode, output, error }) => {
          channel.write(output);
          channel.stderr.write(error);
          finish(channel, exitCode);
        });
    },
  });
}
