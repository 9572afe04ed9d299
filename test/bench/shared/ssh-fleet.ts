import path from "node:path";
import { ensureHostPlan } from "pulumi-windows-kms/bin/provider/host/plan";
import { encodeInput, sshCommand } from "pulumi-windows-kms/bin/provider/machine/ssh";
import { sshMachine } from "pulumi-windows-kms/bin/provider/machine/ssh";
import type { SshAddress } from "pulumi-windows-kms/bin/provider/machine/ssh-address";
import type { LicensingPlan } from "pulumi-windows-kms/bin/provider/machine/licensing-plan";
import { type Lab, startLab } from "../../on-engine/lab";
import { labHostKey } from "../../on-engine/kms-program";
import { startLabSshd } from "../../lab-run/servers/sshd";
import { desiredHostState } from "../../lab/windows/test-lab";

/** Machines behind a real sshd, and a KMS host that has counted none of them. */
export interface SshFleet {
  lab: Lab;
  addresses: SshAddress[];
  /** Name that the members find their KMS host by. */
  hostName: string;
  stop(): Promise<void>;
}

const server = {
  osBuild: "20348.4171",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
} as const;
const host = "KMS1";
const forcedCommandFile = path.resolve(__dirname, "../../lab-run/servers/forced-command.mjs");
const script = path.join(__dirname, "ssh-machine.sh");

/** The command that runs a plan without standard input; it has the plan for an argument. */
export const commandWithInput = (plan: LicensingPlan) => `licensing-input ${encodeInput(plan, {}).trim()}`;

/** Boots so many machines and makes one more a KMS host; each answers a command after so many seconds. */
export async function startSshFleet(machines: number, answerSeconds: number): Promise<SshFleet> {
  const lab = await startLab();
  const sshd = startLabSshd({
    lab: lab.address.arm,
    forcedCommand: (machine) =>
      machineCommand(lab.address.arm, machine, machine === host ? 0 : answerSeconds),
  });
  const boot = async (name: string) => {
    await lab.control.bootOnPremises({ name, ...server });
    return sshd.listen(name);
  };
  const hostAddress = await boot(host);
  const deadline = Date.now() + 60_000;
  await sshMachine(hostAddress).run(
    ensureHostPlan(desiredHostState(labHostKey)),
    { productKey: labHostKey },
    { deadline },
  );
  const addresses: SshAddress[] = [];
  for (let number = 1; number <= machines; number += 1) {
    addresses.push(await boot(`SRV${number}`));
  }
  const stop = async () => {
    await sshd.close();
    await lab.stop();
  };
  return { lab, addresses, hostName: `${host}.${server.domain}`, stop };
}

/** The simulated machine for sshd's shell, with its input from where the client has put it. */
const machineCommand = (lab: string, machine: string, answerSeconds: number) =>
  [
    ...["sh", script, String(answerSeconds), sshCommand],
    ...[process.execPath, forcedCommandFile, lab, machine],
  ]
    .map((word) => `'${word}'`)
    .join(" ");
