import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { azureClients } from "../../provider/azure/clients";
import { azureRunCommand } from "../../provider/machine/azure-run-command";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import { installAnswer, installPlan } from "./plans";
import { endedCommand, startStubAzure, type StubRequest, stubMachineId } from "./stub-azure";

const answered = endedCommand({
  executionState: "Succeeded",
  exitCode: 0,
  output: encodeAnswer(installAnswer),
});
const isLook = ({ method, path: at }: StubRequest) => method === "GET" && at.startsWith("runCommands/");
const execFileAsync = promisify(execFile);

describe("machine/run-command-removal: a run command that has ended", () => {
  let azure: Awaited<ReturnType<typeof startStubAzure>> | undefined;
  afterEach(async () => {
    await azure?.close();
    azure = undefined;
  });

  async function machineOn(decide: Parameters<typeof startStubAzure>[0]) {
    azure = await startStubAzure(decide);
    const client = azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: azure.endpoint }).compute("sub");
    return azureRunCommand(stubMachineId, client);
  }
  const minutesFromNow = (minutes: number) => ({ deadline: Date.now() + minutes * 60_000 });

  it("is looked at once, for its state and its script's answer", async () => {
    let asked = 0;
    const machine = await machineOn((request) => {
      if (request.method === "PUT") {
        const location = `${azure!.endpoint}/operations/1`;
        return {
          status: 201,
          body: { location: "westeurope", properties: { provisioningState: "Creating" } },
          headers: { "Azure-AsyncOperation": location, "Retry-After": "0" },
        };
      }
      return request.path === "operations/1"
        ? { status: 200, body: { status: ++asked < 3 ? "InProgress" : "Succeeded" } }
        : isLook(request)
          ? answered
          : undefined;
    });
    assert.deepEqual(await machine.run(installPlan, {}, minutesFromNow(5)), installAnswer);
    const looks = azure!.seen.filter(isLook);
    assert.deepEqual(
      looks.map(({ query }) => query.get("$expand")),
      ["instanceView"],
    );
  });

  it("is deleted later, where somebody takes what comes afterwards", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const machine = await machineOn(async (request) => {
      if (request.method === "DELETE") {
        await held;
      }
      return isLook(request) ? answered : undefined;
    });
    const afterwards: Promise<void>[] = [];
    const take = (work: Promise<void>) => void afterwards.push(work);
    assert.deepEqual(
      await machine.run(installPlan, {}, { ...minutesFromNow(5), afterwards: take }),
      installAnswer,
    );
    release();
    await Promise.all(afterwards);
    assert.deepEqual(azure!.requests().at(-1), "DELETE runCommands/pulumi-windows-kms-…");
    assert.equal(afterwards.length, 1);
  });

  it("keeps no process from ending where nobody waits for it", async function () {
    this.timeout(45_000); // less than a deletion is looked at
    const script = path.join(__dirname, "removal-process.ts");
    const { stdout } = await execFileAsync(process.execPath, ["--require", "tsx/cjs", script]);
    const [last] = stdout.split("\n").slice(-1);
    assert.equal(last, "GET operations/1");
  });
});
