import assert from "node:assert/strict";
import { inspect } from "node:util";
import { azureClients } from "../../provider/azure/clients";
import { KmsError } from "../../provider/errors/kms-error";
import { azureRunCommand } from "../../provider/machine/azure-run-command";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import { installAnswer, installPlan, labKey } from "./plans";
import { endedCommand, startStubAzure, type StubAnswer, stubMachineId } from "./stub-azure";

/** How the stub answers a request. */
export type Decide = Parameters<typeof startStubAzure>[0];

/** The end of a run command that printed this. */
export const printed = (output: string) => endedCommand({ executionState: "Succeeded", exitCode: 0, output });

/** The end of a run command that installed the key. */
export const answered = printed(encodeAnswer(installAnswer));

/** Path of a run command. */
export const runCommandPath = /^runCommands\/./;

export const minutesFromNow = (minutes: number) => ({ deadline: Date.now() + minutes * 60_000 });

/** For the tests of one `describe`: a machine on a stub of Azure of its own in each. */
export function runCommandOnStub() {
  const stub = {} as {
    /** The stub of the test that runs. */
    azure: Awaited<ReturnType<typeof startStubAzure>>;
  };
  afterEach(() => stub.azure.close());

  async function machineOn(decide: Decide, tags?: Record<string, string>) {
    stub.azure = await startStubAzure(decide);
    const client = azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: stub.azure.endpoint }).compute("sub");
    return azureRunCommand(stubMachineId, client, tags);
  }
  const run = async (decide: Decide, options = minutesFromNow(5)) =>
    (await machineOn(decide)).run(installPlan, { productKey: labKey }, options);
  const failure = async (decide: Decide, options = minutesFromNow(5)): Promise<KmsError> => {
    const error: unknown = await run(decide, options).then(
      () => assert.fail("the run succeeded"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KmsError, inspect(error));
    return error;
  };
  return Object.assign(stub, { machineOn, run, failure });
}

/** Answers the first requests of this kind in turn, the later ones like the last. */
export function inTurn(method: string, path: RegExp, ...answers: (StubAnswer | undefined)[]): Decide {
  let asked = 0;
  return (request) =>
    request.method === method && path.test(request.path)
      ? answers[Math.min(asked++, answers.length - 1)]
      : request.method === "GET" && runCommandPath.test(request.path)
        ? answered
        : undefined;
}
