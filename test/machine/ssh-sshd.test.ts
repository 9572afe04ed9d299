import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { utils } from "ssh2";
import { ed25519KeyPair } from "../lab-run/servers/sshd-config";
import { findSshd, type LabSshd, machineCommand, startLabSshd } from "../lab-run/servers/sshd";
import type { SshAddress } from "../../provider/machine/ssh-address";
import { sshMachine } from "../../provider/machine/ssh";
import type { LicensingPlan } from "../../provider/machine/licensing-plan";
import { startArm, type Arm } from "../lab/arm/arm-fixture";
import { installPlan, labKey } from "./plans";
import { commandLines, sshAgent } from "./processes";

/** Microsoft's public KMS client setup key of Windows Server 2022 Datacenter. */
const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

/** Lines for known_hosts as OpenSSH's own tool prints them. */
const keyscan = async (port: number, ...options: string[]) =>
  (await promisify(execFile)("ssh-keyscan", [...options, "-p", String(port), "127.0.0.1"])).stdout;

const skipped = findSshd() === undefined ? " (skipped: no sshd)" : "";

(skipped === "" ? describe : describe.skip)(`machine/ssh against a real sshd${skipped}`, function () {
  this.timeout(30_000);
  let arm: Arm;
  let sshd: LabSshd;
  let address: SshAddress;
  const soon = (milliseconds = 60_000) => ({ deadline: Date.now() + milliseconds });

  before(async () => {
    arm = await startArm();
    const server = { osBuild: "20348.2322", editionId: "ServerDatacenter", productType: 3 } as const;
    await arm.control.bootOnPremises({ name: "KMS1", domain: "corp.example", ...server });
    await arm.control.bootOnPremises({ name: "OFF1", ...server });
    await arm.control.stopMachine("OFF1");
    sshd = startLabSshd({ lab: arm.endpoint, forcedCommand: commandOf });
    address = await sshd.listen("KMS1");
  });
  after(async () => {
    await sshd?.close();
    await arm?.close();
  });

  /** Machines whose name starts otherwise than KMS1 fail in a way of their own. */
  function commandOf(machine: string): string {
    const work = machineCommand(arm.endpoint, "KMS1");
    switch (machine) {
      case "slow":
        return "exec sleep 20";
      case "lost":
        return `${work} > /dev/null; kill -9 $PPID`;
      default:
        return work;
    }
  }

  it("runs the plan on the simulated machine, with a private key", async () => {
    const answer = await sshMachine(address).run(installPlan, { productKey: setupKey }, soon());
    assert.deepEqual(answer.operations, [{ id: "installKey", result: "done" }]);
    assert.equal(answer.machine.name, "KMS1");
    assert.equal(answer.machine.domain, "corp.example");
    assert.equal(answer.product?.PartialProductKey, "6VM33");
  });

  it("signs in with a key of the agent", async () => {
    const agent = await sshAgent(address.privateKey!);
    const previous = process.env.SSH_AUTH_SOCK;
    process.env.SSH_AUTH_SOCK = agent.socket;
    try {
      const byAgent = { ...address, privateKey: undefined, agent: true };
      assert.equal((await sshMachine(byAgent).run(installPlan, {}, soon())).machine.name, "KMS1");
    } finally {
      if (previous === undefined) {
        delete process.env.SSH_AUTH_SOCK;
      } else {
        process.env.SSH_AUTH_SOCK = previous;
      }
      agent.stop();
    }
  });

  it("goes through a jump host, whose host key is verified too", async () => {
    const jump = await sshd.listen("jump");
    const answer = await sshMachine({ ...address, jump }).run(installPlan, {}, soon());
    assert.equal(answer.machine.name, "KMS1");
    const wrong = { ...jump, hostKeyFingerprint: `SHA256:${"B".repeat(43)}` };
    await assert.rejects(
      sshMachine({ ...address, jump: wrong }).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3204");
        assert.match(error.message, /the jump host of 127\.0\.0\.1:\d+, presents/);
        return true;
      },
    );
  });

  it("says when the jump host does not get through", async () => {
    const jump = await sshd.listen("jump");
    await assert.rejects(
      sshMachine({ ...address, port: 1, jump }).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3210");
        assert.match(
          error.message,
          new RegExp(`127\\.0\\.0\\.1:${jump.port} does not connect to 127\\.0\\.0\\.1:1`),
        );
        return true;
      },
    );
  });

  it("is not let in with another key", async () => {
    const { private: privateKey } = ed25519KeyPair();
    await assert.rejects(sshMachine({ ...address, privateKey }).run(installPlan, {}, soon()), {
      code: "KMS3205",
    });
  });

  it("refuses a server with another host key", async () => {
    const hostKeyFingerprint = `SHA256:${"A".repeat(43)}`;
    await assert.rejects(
      sshMachine({ ...address, hostKeyFingerprint }).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) =>
        error.code === "KMS3204" && error.message.includes(address.hostKeyFingerprint!),
    );
  });

  it("recognises a server by what ssh-keyscan prints, hashed or not, and by nothing else", async () => {
    const byKnownHosts = (knownHosts: string, port = address.port): SshAddress => ({
      ...address,
      port,
      hostKeyFingerprint: undefined,
      knownHosts,
    });
    const plain = await keyscan(address.port!);
    const hashed = await keyscan(address.port!, "-H");
    assert.match(plain, /^\[127\.0\.0\.1\]:\d+ ssh-ed25519 /m);
    assert.match(hashed, /^\|1\|/m);
    for (const lines of [plain, hashed]) {
      const answer = await sshMachine(byKnownHosts(lines)).run(installPlan, {}, soon());
      assert.equal(answer.machine.name, "KMS1");
    }
    const other = await sshd.listen("KMS1");
    await assert.rejects(sshMachine(byKnownHosts(hashed, other.port)).run(installPlan, {}, soon()), {
      code: "KMS3213",
    });
    const revoked = `${plain}\n${plain.replace(/^(?=\[)/gm, "@revoked ")}`;
    await assert.rejects(sshMachine(byKnownHosts(revoked)).run(installPlan, {}, soon()), { code: "KMS3215" });
  });

  it("asks a server for the keys that knownHosts has, and refuses one that has no such key or another", async () => {
    const name = `[127.0.0.1]:${address.port}`;
    const withKey = (type: "ed25519" | "rsa"): SshAddress => {
      const key =
        type === "rsa" ? utils.generateKeyPairSync("rsa", { bits: 2048 }) : utils.generateKeyPairSync(type);
      return {
        ...address,
        hostKeyFingerprint: undefined,
        knownHosts: `${name} ${key.public.split(" ").slice(0, 2).join(" ")}`,
      };
    };
    await assert.rejects(
      sshMachine(withKey("rsa")).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3213");
        assert.match(error.message, /knownHosts has keys for rsa-sha2-512, rsa-sha2-256, ssh-rsa only/);
        return true;
      },
    );
    await assert.rejects(sshMachine(withKey("ed25519")).run(installPlan, {}, soon()), { code: "KMS3204" });
  });

  it("does not know the outcome when the connection is lost after the work, and finds it done next time", async () => {
    const plan: LicensingPlan = {
      ...installPlan,
      operations: [
        {
          id: "setHost",
          on: "service",
          method: "SetKeyManagementServiceMachine",
          arguments: { MachineName: "kms.corp.example" },
          unless: [{ on: "service", property: "KeyManagementServiceMachine", is: "kms.corp.example" }],
        },
      ],
    };
    const lossy = await sshd.listen("lost");
    await assert.rejects(sshMachine(lossy).run(plan, {}, soon()), { code: "KMS3208" });
    const answer = await sshMachine(address).run(plan, {}, soon());
    assert.deepEqual(answer.operations, [{ id: "setHost", result: "skipped" }]);
  });

  it("does not wait for a slow answer past the deadline", async () => {
    const slow = await sshd.listen("slow");
    await assert.rejects(sshMachine(slow).run(installPlan, {}, soon(4000)), { code: "KMS3209" });
  });

  it("does not reach a machine that is off", async () => {
    const off = await sshd.listen("OFF1");
    await assert.rejects(sshMachine(off).run(installPlan, {}, soon()), { code: "KMS3212" });
  });

  it("shows no product key to those who list processes", async () => {
    const seen = new Set<string>();
    let running = true;
    const watch = (async () => {
      while (running) {
        commandLines().forEach((line) => seen.add(line));
        await setTimeout(20);
      }
    })();
    const runs = Array.from({ length: 3 }, () =>
      sshMachine(address).run(installPlan, { productKey: labKey }, soon()),
    );
    await Promise.all(runs);
    running = false;
    await watch;
    const lines = [...seen];
    assert.ok(
      lines.some((line) => line.includes("forced-command")),
      "the simulated machine was seen",
    );
    const encoded = Buffer.from(labKey).toString("base64").slice(0, 20);
    assert.deepEqual(
      lines.filter((line) => line.includes(labKey) || line.includes(encoded)),
      [],
    );
  });
});
