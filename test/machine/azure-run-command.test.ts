import assert from "node:assert/strict";
import { constants, createPublicKey, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { inspect } from "node:util";
import { decodePlan, encodeAnswer, licensingScript } from "../../provider/machine/licensing-script";
import { NotSentError } from "../../provider/machine/not-sent";
import { installAnswer, installPlan, labKey } from "./plans";
import {
  type Decide,
  answered,
  inTurn,
  minutesFromNow,
  printed,
  runCommandOnStub,
  runCommandPath,
} from "./run-command-fixture";
import { azureError, endedCommand, machineView, type StubAnswer } from "./stub-azure";

const busy = azureError(409, "Conflict", "Another operation is in progress.");

describe("machine/azure-run-command", () => {
  const stub = runCommandOnStub();
  const { machineOn, run, failure } = stub;

  it("runs the script as a managed run command, reads its answer, and deletes it", async () => {
    assert.deepEqual(await run(inTurn("GET", runCommandPath, answered)), installAnswer);
    assert.deepEqual(stub.azure.requests(), [
      "GET ",
      "PUT runCommands/pulumi-windows-kms-…",
      "GET runCommands/pulumi-windows-kms-…",
      "DELETE runCommands/pulumi-windows-kms-…",
    ]);
    const { location, properties } = stub.azure.seen[1].body!;
    const { timeoutInSeconds = 0, parameters = [] } = properties;
    assert.equal(location, "westeurope");
    assert.ok(timeoutInSeconds >= 290 && timeoutInSeconds <= 300);
    assert.deepEqual(decodePlan(parameters[0].value), installPlan);
    assert.deepEqual(properties, {
      source: { script: licensingScript },
      parameters: [{ name: "plan", value: parameters[0].value }],
      asyncExecution: false,
      timeoutInSeconds,
      treatFailureAsDeploymentFailure: false,
    });
  });

  it("sends a product key sealed for the machine, and never in clear", async () => {
    // Not exported from the key that was generated, which may wait for ever for the garbage collector in Node.js 20.
    const { publicKey: pem, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { format: "pem", type: "spki" },
      privateKeyEncoding: { format: "pem", type: "pkcs8" },
    });
    const { n = "", e = "" } = createPublicKey(pem).export({ format: "jwk" });
    const base64 = (text: string) => Buffer.from(text, "base64url").toString("base64");
    const machine = await machineOn(inTurn("GET", runCommandPath, answered));
    const options = { ...minutesFromNow(5), publicKey: { modulus: base64(n), exponent: base64(e) } };
    assert.equal(machine.sealsKeys, true);
    await machine.run(installPlan, { productKey: labKey }, options);
    const sent = stub.azure.seen.find(({ method }) => method === "PUT")!.body!;
    const [{ name, value }, ...others] = sent.properties.protectedParameters!;
    assert.deepEqual([name, others], ["sealedKey", []]);
    assert.ok(!JSON.stringify(sent).includes(labKey));
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const opened = privateDecrypt(
      { key: privateKey, padding, oaepHash: "sha1" },
      Buffer.from(value, "base64"),
    );
    assert.equal(opened.toString("utf8"), labKey);
  });

  const tooShort = Buffer.alloc(1024 / 8, 0xff);
  for (const [what, modulus, reason] of [
    ["none", "", /KMS3035 .*could not make a key pair for the KMS host key/],
    ["too short to hide anything", tooShort.toString("base64"), /KMS3035 .*a key of 1024 bits/],
  ] as const) {
    it(`KMS3035: sends nothing where the machine's public key is ${what}`, async () => {
      const machine = await machineOn(inTurn("GET", runCommandPath, answered));
      const options = { ...minutesFromNow(5), publicKey: { modulus, exponent: "AQAB" } };
      await assert.rejects(machine.run(installPlan, { productKey: labKey }, options), { message: reason });
      assert.deepEqual(stub.azure.requests(), []);
    });
  }

  it("sends no protected parameter without a secret, and a new name each time", async () => {
    const machine = await machineOn(inTurn("GET", runCommandPath, answered));
    await machine.run(installPlan, {}, minutesFromNow(5));
    await machine.run(installPlan, {}, minutesFromNow(5));
    const [first, second] = stub.azure.seen.filter(({ method }) => method === "PUT");
    assert.equal(first.body!.properties.protectedParameters, undefined);
    assert.equal(first.path.slice(0, -8), second.path.slice(0, -8));
    assert.notEqual(first.path, second.path);
  });

  it("K21: gives a run command the tags of its machine", async () => {
    const tags = { owner: "licensing" };
    const machine = await machineOn(inTurn("GET", runCommandPath, answered), tags);
    await machine.run(installPlan, {}, minutesFromNow(5));
    assert.deepEqual(stub.azure.seen[1].body!.tags, tags);
  });

  it("waits for a result that is shown late", async () => {
    const late = inTurn("GET", runCommandPath, endedCommand({ executionState: "Running" }), answered);
    assert.deepEqual(await run(late), installAnswer);
  });

  it("waits for its turn while the machine is busy", async () => {
    assert.deepEqual(await run(inTurn("PUT", runCommandPath, busy, undefined)), installAnswer);
    assert.equal(stub.azure.requests().filter((request) => request.startsWith("PUT")).length, 2);
  });

  it("waits as long as Azure asks when it is throttled", async () => {
    const throttled: StubAnswer = { status: 429, body: {}, headers: { "Retry-After": "0" } };
    assert.deepEqual(
      await run(inTurn("PUT", runCommandPath, throttled, throttled, undefined)),
      installAnswer,
    );
  });

  it("repeats a request whose answer was lost under the same name, so that the script runs once", async () => {
    assert.deepEqual(await run(inTurn("PUT", runCommandPath, "destroy", undefined)), installAnswer);
    const puts = stub.azure.seen.filter(({ method }) => method === "PUT");
    assert.equal(puts.length, 2);
    assert.deepEqual(puts[0], puts[1]);
  });

  describe("at the limit of run commands", () => {
    const refused = azureError(409, "OperationNotAllowed", "The maximum number of run commands is 25.");
    const others = Array.from({ length: 24 }, (_, index) => ({ name: `other${index}` }));
    const listed = (last: object): Decide => {
      const puts = inTurn("PUT", runCommandPath, refused, undefined);
      return (request, seen) =>
        request.method === "GET" && request.path === "runCommands"
          ? { status: 200, body: { value: [...others, last] } }
          : puts(request, seen);
    };

    it("deletes a leftover of its own", async () => {
      const leftover = { name: "pulumi-windows-kms-0-0", properties: { provisioningState: "Succeeded" } };
      assert.deepEqual(await run(listed(leftover)), installAnswer);
      assert.ok(stub.azure.requests().includes("DELETE runCommands/pulumi-windows-kms-0-0"));
    });

    it("leaves alone what is of others or still running", async () => {
      const active = { name: "pulumi-windows-kms-0-0", properties: { provisioningState: "Creating" } };
      const error = await failure(listed(active));
      assert.equal(error.code, "KMS3005");
      assert.ok(!stub.azure.requests().includes("DELETE runCommands/pulumi-windows-kms-0-0"));
    });
  });

  it("says that the machine is gone only when it is", async () => {
    const cases: [string, string][] = [
      ["ResourceNotFound", "KMS3001"],
      ["ResourceGroupNotFound", "KMS3001"],
      ["SubscriptionNotFound", "KMS3003"],
    ];
    for (const [code, expected] of cases) {
      const error = await failure(inTurn("GET", /^$/, azureError(404, code, "It was not found.")));
      assert.equal(error.code, expected);
      await stub.azure.close();
    }
    const parent = azureError(404, "ParentResourceNotFound", "Parent not found.");
    assert.equal((await failure(inTurn("PUT", runCommandPath, parent))).code, "KMS3001");
    await stub.azure.close();
    const command = azureError(404, "ResourceNotFound", "The run command was not found.");
    assert.equal((await failure(inTurn("GET", runCommandPath, command))).code, "KMS3003");
  });

  it("says that the machine is not running", async () => {
    const stopped = await failure(inTurn("GET", /^$/, machineView("deallocated")));
    assert.equal(stopped.code, "KMS3002");
    assert.match(stopped.message, /kms1 is not running: it is deallocated/);
    assert.deepEqual(stub.azure.requests(), ["GET "]);
    await stub.azure.close();
    const message = "Cannot modify extensions in the VM when the VM is not running.";
    const refused = await failure(
      inTurn("PUT", runCommandPath, azureError(409, "OperationNotAllowed", message)),
    );
    assert.equal(refused.code, "KMS3002");
  });

  it("gives up on a refusal that waiting does not change", async () => {
    const refusal = azureError(
      409,
      "OperationNotAllowed",
      "Managed run commands are not supported on this system.",
    );
    const error = await failure(inTurn("PUT", runCommandPath, refusal));
    assert.equal(error.code, "KMS3003");
    assert.match(error.message, /not supported on this system\. Check/);
  });

  it("says that access was denied", async () => {
    const error = await failure(inTurn("PUT", runCommandPath, azureError(403, "AuthorizationFailed", "No.")));
    assert.equal(error.code, "KMS3010");
  });

  for (const [status, code] of [
    [401, "ExpiredAuthenticationToken"],
    [403, "AuthorizationFailed"],
    [404, "ResourceGroupNotFound"],
    [409, "OperationNotAllowed"],
  ] as const) {
    it(`tells ${status} of the request, which was never sent then, from ${status} of its result`, async () => {
      const refused = azureError(status, code, "no");
      assert.ok((await failure(inTurn("PUT", runCommandPath, refused))) instanceof NotSentError);
      await stub.azure.close();
      assert.ok((await failure(inTurn("GET", /^$/, refused))) instanceof NotSentError);
      await stub.azure.close();
      assert.ok(!((await failure(inTurn("GET", runCommandPath, refused))) instanceof NotSentError));
      await stub.azure.close();
      const afterLost = await failure(inTurn("PUT", runCommandPath, "destroy", refused));
      assert.ok(!(afterLost instanceof NotSentError), "the first attempt may have arrived");
    }).timeout(20_000);
  }

  it("says that a script which waited in vain did nothing", async () => {
    const error = await failure(inTurn("GET", runCommandPath, printed('{"version":1,"busy":true}')));
    assert.equal(error.code, "KMS3011");
    assert.ok(error instanceof NotSentError);
  });

  it("leaves a run command whose script may still activate, and deletes one that is settled", async () => {
    const reservation = { id: "r", operation: "activate" };
    const spend = async (decide: Decide, settle?: () => Promise<void>) =>
      (await machineOn(decide)).run({ ...installPlan, reservation }, {}, { ...minutesFromNow(5), settle });
    await assert.rejects(spend(inTurn("GET", runCommandPath, azureError(403, "AuthorizationFailed", "no"))));
    assert.ok(!stub.azure.requests().some((request) => request.startsWith("DELETE")));
    await stub.azure.close();
    let requests: string[] = [];
    await spend(inTurn("GET", runCommandPath, answered), async () => void (requests = stub.azure.requests()));
    assert.ok(requests.length > 0 && !requests.some((request) => request.startsWith("DELETE")));
    assert.ok(stub.azure.requests().some((request) => request.startsWith("DELETE")));
  });

  it("keeps the deadline and deletes what then still runs", async () => {
    const never = inTurn("GET", runCommandPath, endedCommand({ executionState: "Running" }));
    const error = await failure(never, { deadline: Date.now() + 500 });
    assert.equal(error.code, "KMS3004");
    assert.equal(stub.azure.requests().at(-1), "DELETE runCommands/pulumi-windows-kms-…");
  });

  it("sends nothing after the deadline", async () => {
    const error = await failure(() => undefined, minutesFromNow(-1));
    assert.equal(error.code, "KMS3004");
    assert.deepEqual(stub.azure.seen, []);
  });

  it("shows what a failed script said, without the key", async () => {
    const view = { executionState: "Failed", exitCode: 1, output: "", error: `no class for ${labKey}\r\n` };
    const error = await failure(inTurn("GET", runCommandPath, endedCommand(view)));
    assert.equal(error.code, "KMS3007");
    assert.match(error.message, /with exit code 1: no class for \*\*\*\*\*-LAB22/);
  });

  it("refuses a cut answer", async () => {
    const error = await failure(
      inTurn("GET", runCommandPath, printed(encodeAnswer(installAnswer).slice(40))),
    );
    assert.equal(error.code, "KMS3008");
  });

  it("lets no secret out with an error of Azure or its cause", async () => {
    const echo = azureError(400, "InvalidParameter", `The value ${labKey} of productKey is invalid.`);
    const error = await failure(inTurn("PUT", runCommandPath, echo));
    assert.equal(error.code, "KMS3003");
    assert.match(error.message, /The value \*\*\*\*\*-LAB22 of productKey/);
    assert.ok(error.cause instanceof Error);
    for (const text of [inspect(error, { depth: 20, showHidden: true }), String(error.cause.stack)]) {
      assert.ok(!text.includes(labKey) && !text.includes(labKey.slice(0, 17)));
    }
  });
});
