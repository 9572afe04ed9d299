import type { LabControl } from "../../provider/lab/control/lab-control";
import { sshCommand } from "../../provider/machine/ssh";
import { finish, startTestServer, type TestServer } from "../machine/ssh-server";

/** What a test does to the commands of a machine. A step whose request or answer is lost goes no further. */
export interface CommandSteps {
  /** Called before a command begins, and again when it is on the machine. */
  next(): "pass" | "lose-request" | "lose-answer" | number;
  /** Called when a request or an answer is lost, before the client can notice. */
  lost(): void;
}

/** A machine of the lab behind an SSH server of the test's own process, which takes any password. */
export function startSshMachine(
  control: LabControl,
  machine: string,
  steps: CommandSteps = { next: () => "pass", lost: () => undefined },
): Promise<TestServer> {
  return startTestServer({
    run(channel, input, connection) {
      const before = steps.next();
      if (before === "lose-request") {
        steps.lost();
        connection.end();
        return;
      }
      const result = control
        .runSshCommand(machine, sshCommand, input)
        .catch((error: Error) => ({ exitCode: 1, output: "", error: error.message }));
      if (steps.next() !== "pass") {
        steps.lost();
        connection.end();
        return;
      }
      void result.then(({ exitCode, output, error }) => {
        if (before === "lose-answer") {
          steps.lost();
          connection.end();
          return;
        }
        channel.write(output);
        channel.stderr.write(error);
        finish(channel, exitCode);
      });
    },
  });
}
