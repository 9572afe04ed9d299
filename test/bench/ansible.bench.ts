// The same machines configured and activated over SSH by a client group and by Ansible, one after the other.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { ensureClientPlan } from "pulumi-windows-kms/bin/provider/group/plan";
import type { DesiredClient } from "pulumi-windows-kms/bin/provider/group/plan";
import { ensureAnsible } from "../../scripts/ansible";
import { findSshd } from "../lab-run/servers/sshd";
import { setupKeys } from "../lab/windows/test-lab";
import { report } from "./shared/figure";
import { watchMemory } from "./shared/process-memory";
import { commandWithInput, type SshFleet, startSshFleet } from "./shared/ssh-fleet";

const machines = 100;
const atATime = 25;
const answerSeconds = 2;
const threshold = 5;
const setupKey = setupKeys.server2022Datacenter;

/** A program that does the work: its command line, and what it reads. */
interface Contestant {
  name: "group" | "ansible";
  command: string[];
  env?: NodeJS.ProcessEnv;
  input: string;
}

const clientGroup = ({ addresses, hostName }: SshFleet): Contestant => ({
  name: "group",
  command: [process.execPath, path.join(__dirname, "shared", "run-group.cjs")],
  input: JSON.stringify({
    kind: "ClientActivation",
    name: "servers",
    machines: addresses.map((ssh, index) => ({ name: `SRV${index + 1}`, azureVmId: "", ssh })),
    os: "Windows Server 2022",
    edition: "Datacenter",
    hosts: [{ name: "kms", keyGroup: "Volume License for Windows Server 2022", os: "Windows Server 2022" }],
    hostsReady: true,
    acceptUnlisted: false,
    setupKey,
    discovery: "fixedHost",
    hostNames: [hostName],
    hostAddresses: [{ name: hostName, port: 1688 }],
    lookupDomain: "",
    threshold,
    rollout: { canary: 0, batchSize: machines, maxConcurrent: atATime },
    onRemove: "leave",
    convertFrom: "",
  }),
});

/** A playbook that does what a client group does: asks, and asks again those that were refused for the count. */
const playbook = (command: string) => `
- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.raw: ${command}
      register: first
    - ansible.builtin.raw: ${command}
      when: "'0xC004F038' in first.stdout"
`;

/** Ansible's usual settings, but for connections that it would keep open for a minute after the end. */
function ansible(bin: string, { addresses, hostName }: SshFleet, folder: string): Contestant {
  const file = (name: string, content: string) => {
    const place = path.join(folder, name);
    writeFileSync(place, content, { mode: 0o600 });
    return place;
  };
  const keyFile = file("key", addresses[0].privateKey!);
  const hosts = addresses.map(({ host, port, user }, index) =>
    [
      `srv${index + 1} ansible_host=${host} ansible_port=${port} ansible_user=${user}`,
      `ansible_ssh_private_key_file=${keyFile}`,
    ].join(" "),
  );
  const desired: DesiredClient = {
    setupKey,
    discovery: "fixedHost",
    hostNames: [hostName],
    host: { name: hostName, port: 1688 },
  };
  const inventory = file("inventory", `${hosts.join("\n")}\n`);
  const play = file("play.yml", playbook(commandWithInput(ensureClientPlan(desired))));
  return {
    name: "ansible",
    command: [path.join(bin, "ansible-playbook"), "-i", inventory, "-f", String(atATime), play],
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH}`,
      NODE_OPTIONS: "",
      ANSIBLE_HOME: folder,
      ANSIBLE_HOST_KEY_CHECKING: "False",
      ANSIBLE_SSH_ARGS: "-o ControlMaster=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR",
      ANSIBLE_SSH_USETTY: "False",
    },
    input: "",
  };
}

/** What a contestant took. */
interface Result {
  seconds: number;
  /** Undefined where the system tells no memory of other processes. */
  megabytes?: number;
}

/** Lets a contestant work on machines of its own. */
async function measure(contestantOf: (fleet: SshFleet) => Contestant): Promise<Result> {
  const fleet = await startSshFleet(machines, answerSeconds);
  try {
    const { name, command, env, input } = contestantOf(fleet);
    const [file, ...args] = command;
    const startedAt = performance.now();
    const child = spawn(file, args, { env: env ?? process.env, stdio: ["pipe", "pipe", "pipe"] });
    const memory = watchMemory(child.pid!);
    child.stdin.end(input);
    const [[code], out, err] = await Promise.all([
      once(child, "close"),
      text(child.stdout),
      text(child.stderr),
    ]);
    const seconds = (performance.now() - startedAt) / 1000;
    const megabytes = memory.stop();
    const requests = await expectLicensed(fleet, `${name} ended with ${code}:\n${out.slice(-2000)}\n${err}`);
    const context = { machines, atATime, answerSeconds };
    report({ name: `ansible/${name}/wall`, value: seconds, unit: "s", ...context, requests });
    if (megabytes !== undefined) {
      const unit = "MB, resident peak of all its processes, shared pages once";
      report({ name: `ansible/${name}/memory`, value: megabytes, unit, ...context });
    }
    return { seconds, megabytes };
  } finally {
    await fleet.stop();
  }
}

/** Both must have done the work; gives the activation requests that it took. @throws Error with the explanation */
async function expectLicensed({ lab }: SshFleet, explanation: string): Promise<number> {
  const members = (await lab.control.machines()).filter(({ computerName }) => computerName.startsWith("SRV"));
  const licensed = members.filter(({ licenseStatus }) => licenseStatus === 1).length;
  if (licensed !== machines) {
    throw new Error(`${licensed} of ${machines} are licensed. ${explanation}`);
  }
  return members.reduce((total, { events }) => total + events.filter(({ id }) => id === 12288).length, 0);
}

const skip = (reason: string) => process.stderr.write(`ansible: skipped, ${reason}\n`);

async function main(): Promise<void> {
  if (findSshd() === undefined) {
    skip("there is no sshd");
    return;
  }
  const bin = await ensureAnsible();
  if (bin === undefined) {
    skip("Ansible can't be installed from PyPI; what python3 said is above");
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "kms-ansible-"));
  try {
    const ours = await measure(clientGroup);
    const theirs = await measure((fleet) => ansible(bin, fleet, folder));
    compare(ours, theirs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(ours: Result, theirs: Result): void {
  const ideal = Math.ceil((machines + threshold - 1) / atATime) * answerSeconds;
  report({ name: "ansible/group/relative", value: ours.seconds / ideal, unit: "wall / ideal", ideal });
  report({ name: "ansible/ansible/relative", value: theirs.seconds / ideal, unit: "wall / ideal", ideal });
  report({ name: "ansible/wall", value: ours.seconds / theirs.seconds, unit: "group / Ansible", machines });
  if (ours.megabytes !== undefined && theirs.megabytes !== undefined) {
    const value = ours.megabytes / theirs.megabytes;
    report({ name: "ansible/memory", value, unit: "group / Ansible", machines });
  }
}

void main();
