import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { azureClients } from "../../provider/azure/clients";
import { azureRunCommand } from "../../provider/machine/azure-run-command";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import { sshMachine } from "../../provider/machine/ssh";
import { StoppedError, stoppedFor, unlessAborted } from "../../provider/machine/stopped";
import { installAnswer, installPlan, labKey } from "./plans";
import { startTestServer, type TestServer } from "./ssh-server";
import { azureError, endedCommand, startStubAzure, type StubRequest, stubMachineId } from "./stub-azure";

const busy = azureError(409, "Conflict", "Another operation is in progress.");
const throttled = { status: 429, headers: { "Retry-After": "5" } };
const answered = endedCommand({
  executionState: "Succeeded",
  exitCode: 0,
  output: encodeAnswer(installAnswer),
});
const isPut = ({ method }: StubRequest) => method === "PUT";
const isRead = ({ method, path }: StubRequest) => method === "GET" && path !== "";
const optionsOf = ({ signal }: AbortController, graceMilliseconds?: number) => ({
  deadline: Date.now() + 3600_000,
  signal,
  graceMilliseconds,
});

const notBegun = (error: unknown) => error instanceof StoppedError && !error.begun;

describe("machine/stopped: a run command", () => {
  let azure: Awaited<ReturnType<typeof startStubAzure>>;
  afterEach(() => azure.close());

  async function run(
    decide: Parameters<typeof startStubAzure>[0],
    stopping: AbortController,
    graceMilliseconds?: number,
  ) {
    azure = await startStubAzure(decide);
    const client = azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: azure.endpoint }).compute("sub");
    const secrets = { productKey: labKey };
    return azureRunCommand(stubMachineId, client).run(
      installPlan,
      secrets,
      optionsOf(stopping, graceMilliseconds),
    );
  }

  it("is not begun after the signal", async () => {
    const stopping = new AbortController();
    stopping.abort();
    await assert.rejects(
      run(() => undefined, stopping),
      notBegun,
    );
    assert.deepEqual(azure.seen, []);
  });

  const waits: [string, (request: StubRequest) => boolean, typeof busy][] = [
    ["while Azure accepts no request that looks at the machine", ({ path }) => path === "", throttled],
    ["while Azure does not accept it for now", isPut, throttled],
    ["while the machine is busy", isPut, busy],
  ];
  for (const [when, isRefused, refusal] of waits) {
    it(`is not begun after a signal that comes ${when}, and waits no longer`, async () => {
      const stopping = new AbortController();
      const refuse = (request: StubRequest) => {
        if (!isRefused(request)) {
          return undefined;
        }
        void setTimeout(50).then(() => stopping.abort());
        return refusal;
      };
      await assert.rejects(run(refuse, stopping), notBegun);
      assert.equal(azure.seen.filter(isRefused).length, 1);
      assert.ok(!azure.seen.some(({ method }) => method === "DELETE"));
    });
  }

  it("that was begun before the signal is finished", async () => {
    const stopping = new AbortController();
    const decide = (request: StubRequest) => {
      if (isPut(request)) {
        stopping.abort();
      }
      return isRead(request) ? answered : undefined;
    };
    assert.deepEqual(await run(decide, stopping), installAnswer);
    assert.equal(azure.requests().at(-1), "DELETE runCommands/pulumi-windows-kms-…");
  });

  it("that was begun is given up when the grace is over, and deleted", async () => {
    const stopping = new AbortController();
    const decide = (request: StubRequest) => {
      if (isPut(request)) {
        stopping.abort();
      }
      return isRead(request) ? endedCommand({ executionState: "Running" }) : undefined;
    };
    await assert.rejects(
      run(decide, stopping, 50),
      (error) => error instanceof StoppedError && error.begun && !String(error.cause).includes(labKey),
    );
    assert.equal(azure.requests().at(-1), "DELETE runCommands/pulumi-windows-kms-…");
  });
});

describe("machine/stopped: a command over SSH", () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it("is not begun after the signal", async () => {
    server = await startTestServer({ run: () => assert.fail("it was begun") });
    const stopping = new AbortController();
    stopping.abort();
    await assert.rejects(sshMachine(server.address).run(installPlan, {}, optionsOf(stopping)), notBegun);
  });

  it("is given up when the grace after the signal is over", async () => {
    const stopping = new AbortController();
    server = await startTestServer({ run: () => stopping.abort() });
    await assert.rejects(
      sshMachine(server.address).run(installPlan, {}, optionsOf(stopping, 50)),
      (error) => error instanceof StoppedError && error.begun,
    );
  });
});

describe("machine/stopped: the grace", () => {
  it("begins with the signal, and is the same for all machines", async () => {
    const stopping = new AbortController();
    const over = stoppedFor(stopping.signal, 20);
    assert.equal(stoppedFor(stopping.signal, 20), over);
    await setTimeout(40);
    assert.equal(over.aborted, false);
    stopping.abort();
    assert.equal(over.aborted, false);
    await unlessAborted(new Promise(() => undefined), over);
    assert.equal(over.aborted, true);
  });

  it("ends the wait for what never ends, and does not hold back what does", async () => {
    const stopping = new AbortController();
    await unlessAborted(Promise.resolve(), stopping.signal);
    stopping.abort();
    await unlessAborted(new Promise(() => undefined), stopping.signal);
  });
});
