import type { LabControl } from "../../provider/lab/control/lab-control";
import { sshCommand } from "../../provider/machine/ssh";
import { finish, startTestServer, type TestServer } from "../machine/ssh-server";

/** A machine of the lab behind an SSH server of the test's own process, which takes any password. */
export function startSshMachine(control: LabControl, machine: string): Promise<TestServer> {
  return startTestServer({
    run(channel, input) {
      void control
        .runSshCommand(machine, sshCommand, input)
        .catch((error: Error) => ({ exitCode: 1, output: "", error: error.message }))
        .then(({ exitCode, output, error }) => {
          channel.write(output);
          channel.stderr.write(error);
          finish(channel, exitCode);
        });
    },
  });
}
