import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { encodeAnswer, licensingScript } from "../../provider/machine/licensing-script";
import { openMachine } from "../../provider/machine/open-machine";
import { decodeInput, encodeInput, sshCommand, sshMachine } from "../../provider/machine/ssh";
import { parsePowerShell } from "./parse-powershell";
import { installAnswer, installPlan, labKey } from "./plans";
import { finish, startTestServer, type TestServer, type TestServerOptions } from "./ssh-server";

describe("machine/ssh", () => {
  let server: TestServer | undefined;
  const start = async (options?: TestServerOptions) => (server = await startTestServer(options));
  const soon = (milliseconds = 60_000) => ({ deadline: Date.now() + milliseconds });
  const answers: TestServerOptions["run"] = (channel) => {
    channel.write(`${encodeAnswer(installAnswer)}\r\n`);
    finish(channel, 0);
  };

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it("gives script, plan and key through standard input, and nothing but the bootstrap as command", async () => {
    let input = "";
    const { address, commands } = await start({
      run(channel, text, connection) {
        input = text;
        answers(channel, text, connection);
      },
    });
    const machine = openMachine({ ssh: address });
    assert.equal(machine.name, `127.0.0.1:${address.port}`);
    assert.deepEqual(await machine.run(installPlan, { productKey: labKey }, soon()), installAnswer);
    assert.deepEqual(commands, [sshCommand]);
    assert.equal(input.indexOf("\n"), input.length - 1, "one line");
    const given = decodeInput(input);
    assert.equal(given.script, licensingScript);
    assert.equal(given.parameters.productKey, labKey);
    assert.deepEqual(Object.keys(given.parameters), ["plan", "productKey"]);
  });

  it("signs in with the password of the user that is given", async () => {
    const attempts: string[] = [];
    const { address } = await start({
      letsIn(attempt) {
        attempts.push(`${attempt.username} ${attempt.method}`);
        return attempt.method === "password" && attempt.password === "Zq7!lab-Passw";
      },
      run: answers,
    });
    await sshMachine(address).run(installPlan, {}, soon());
    assert.deepEqual(attempts, ["administrator none", "administrator password"]);
  });

  it("names user and method, not the password, when the sign-in is refused", async () => {
    const { address, commands } = await start({ letsIn: () => false });
    await assert.rejects(
      sshMachine(address).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3205");
        assert.match(error.message, /did not let administrator in with the password/);
        assert.doesNotMatch(`${error.message}${error.stack}${String(error.cause)}`, /Zq7/);
        return true;
      },
    );
    assert.deepEqual(commands, []);
  });

  it("shows the fingerprint that it saw in place of the expected one, and gives no password away", async () => {
    let tried = false;
    const { address } = await start({ letsIn: () => (tried = true) });
    const expected = `SHA256:${"A".repeat(43)}`;
    await assert.rejects(
      sshMachine({ ...address, hostKeyFingerprint: expected }).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3204");
        assert.ok(error.message.includes(`ssh-ed25519 host key ${address.hostKeyFingerprint}`));
        assert.ok(error.message.includes(`where ${expected} is expected`));
        return true;
      },
    );
    assert.equal(tried, false);
  });

  it("takes a fingerprint that is padded", async () => {
    const { address } = await start({ run: answers });
    const hostKeyFingerprint = `${address.hostKeyFingerprint}=`;
    assert.deepEqual(
      await sshMachine({ ...address, hostKeyFingerprint }).run(installPlan, {}, soon()),
      installAnswer,
    );
  });

  it("tries again when a busy server drops the connection", async () => {
    const { address, connections } = await start({ dropsFirst: 2, run: answers });
    assert.deepEqual(await sshMachine(address).run(installPlan, {}, soon()), installAnswer);
    assert.equal(connections(), 3);
  });

  it("says that a machine refuses connections, and on which port", async () => {
    const port = await freePort();
    const { address } = await start();
    await assert.rejects(
      sshMachine({ ...address, port }).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3202");
        assert.match(error.message, new RegExp(`connections to port ${port}`));
        return true;
      },
    );
  });

  it("says that a name is not known", async () => {
    const { address } = await start();
    const machine = sshMachine({ ...address, host: "kms1.invalid" });
    await assert.rejects(machine.run(installPlan, {}, soon()), { code: "KMS3201" });
  });

  it("says that a machine that says nothing was not reached in time", async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const { address } = await start();
    await assert.rejects(sshMachine({ ...address, port }).run(installPlan, {}, soon(200)), {
      code: "KMS3203",
    });
    silent.close();
    await assert.rejects(sshMachine(address).run(installPlan, {}, soon(-1)), { code: "KMS3203" });
  });

  it("knows that the outcome is unknown when the connection is lost half-way", async () => {
    const { address } = await start({
      run(channel, _input, connection) {
        channel.write(encodeAnswer(installAnswer).slice(0, 40));
        setTimeout(() => connection.end(), 20);
      },
    });
    await assert.rejects(sshMachine(address).run(installPlan, { productKey: labKey }, soon()), {
      code: "KMS3208",
    });
  });

  it("takes an answer that is whole although the connection was lost after it", async () => {
    const { address } = await start({
      run(channel, _input, connection) {
        channel.write(encodeAnswer(installAnswer));
        setTimeout(() => connection.end(), 20);
      },
    });
    assert.deepEqual(await sshMachine(address).run(installPlan, {}, soon()), installAnswer);
  });

  it("knows that the outcome is unknown when the deadline passes while the script runs", async () => {
    const { address } = await start({ run: () => undefined });
    await assert.rejects(sshMachine(address).run(installPlan, {}, soon(500)), { code: "KMS3209" });
  });

  it("shows what a script that failed said, without the key", async () => {
    const { address } = await start({
      run(channel) {
        channel.stderr.write(`Invalid class, given ${labKey} and Zq7!lab-Passw\n`);
        finish(channel, 1);
      },
    });
    await assert.rejects(
      sshMachine(address).run(installPlan, { productKey: labKey }, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3007");
        assert.match(error.message, /exit code 1: Invalid class/);
        assert.doesNotMatch(error.message, /NLABN|Zq7/);
        return true;
      },
    );
  });

  it("says that a server runs no commands", async () => {
    const { address } = await start({ refusesCommands: true });
    await assert.rejects(sshMachine(address).run(installPlan, {}, soon()), { code: "KMS3211" });
  });

  it("refuses a private key that is none, without showing it", async () => {
    const { address } = await start();
    const broken = { ...address, password: undefined, privateKey: "no key: swordfish" };
    await assert.rejects(
      sshMachine(broken).run(installPlan, {}, soon()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "KMS3206");
        assert.doesNotMatch(`${error.message}${String(error.cause)}`, /swordfish/);
        return true;
      },
    );
  });

  it("says that there is no agent where one is needed", async () => {
    const { address } = await start();
    const previous = process.env.SSH_AUTH_SOCK;
    process.env.SSH_AUTH_SOCK = "";
    try {
      const machine = sshMachine({ ...address, password: undefined });
      await assert.rejects(machine.run(installPlan, {}, soon()), { code: "KMS3207" });
    } finally {
      if (previous === undefined) {
        delete process.env.SSH_AUTH_SOCK;
      } else {
        process.env.SSH_AUTH_SOCK = previous;
      }
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const bootstrapFile = path.join(__dirname, "../../provider/machine/ssh-bootstrap.ps1");

/** Longest command line of cmd.exe. Source: learn.microsoft.com command-line-string-limitation. */
const longestCommand = 8191;

describe("machine/ssh: the command", () => {
  const bootstrap = readFileSync(bootstrapFile, "utf8");

  it("fits into a command line of cmd.exe and has nothing that a shell would take apart", () => {
    assert.ok(sshCommand.length < longestCommand / 2, `${sshCommand.length} characters`);
    assert.match(sshCommand, /^powershell\.exe [A-Za-z0-9+/= -]+$/);
    const encoded = sshCommand.split(" ").at(-1)!;
    assert.equal(Buffer.from(encoded, "base64").toString("utf16le"), bootstrap);
  });

  it("is PowerShell in ASCII that leaves standard input to the script", async () => {
    assert.match(bootstrap, /^[\x20-\x7e\n]*$/);
    assert.doesNotMatch(bootstrap, /\$input\b/i);
    assert.equal((await parsePowerShell(bootstrap)).rootNode.hasError, false);
  });

  it("gives the secrets to the script, and none where there are none", () => {
    const { parameters } = decodeInput(encodeInput(installPlan, { productKey: labKey }));
    assert.equal(parameters.productKey, labKey);
    assert.deepEqual(Object.keys(decodeInput(encodeInput(installPlan, {})).parameters), ["plan"]);
  });
});
