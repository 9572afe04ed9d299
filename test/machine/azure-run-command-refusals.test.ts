import assert from "node:assert/strict";
import { inspect } from "node:util";
import { azureClients } from "../../provider/azure/clients";
import { KmsError } from "../../provider/errors/kms-error";
import { azureRunCommand } from "../../provider/machine/azure-run-command";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import { NotSentError } from "../../provider/machine/not-sent";
import { installAnswer, installPlan, labKey } from "./plans";
import { azureError, endedCommand, startStubAzure, type StubAnswer, stubMachineId } from "./stub-azure";

type Decide = Parameters<typeof startStubAzure>[0];

const printed = (output: string) => endedCommand({ executionState: "Succeeded", exitCode: 0, output });
const answered = printed(encodeAnswer(installAnswer));

describe("machine/azure-run-command among other changes of the machine and its subscription", () => {
  let azure: Awaited<ReturnType<typeof startStubAzure>>;
  afterEach(() => azure.close());

  async function machineOn(decide: Decide, tags?: Record<string, string>) {
    azure = await startStubAzure(decide);
    const client = azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: azure.endpoint }).compute("sub");
    return azureRunCommand(stubMachineId, client, tags);
  }
  const minutesFromNow = (minutes: number) => ({ deadline: Date.now() + minutes * 60_000 });
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
  /** Answers the first requests of this kind in turn, the later ones like the last. */
  const inTurn = (method: string, path: RegExp, ...answers: (StubAnswer | undefined)[]): Decide => {
    let asked = 0;
    return (request) =>
      request.method === method && path.test(request.path)
        ? answers[Math.min(asked++, answers.length - 1)]
        : request.method === "GET" && /^runCommands\/./.test(request.path)
          ? answered
          : undefined;
  };
  const put = /^runCommands\/./;

  it("waits for a deletion that is under way before it sends another run command", async () => {
    let asked = 0;
    const machine = await machineOn((request) => {
      if (request.method === "DELETE") {
        const location = `${azure.endpoint}/operations/1`;
        return { status: 202, headers: { "Azure-AsyncOperation": location, "Retry-After": "0" } };
      }
      return request.path === "operations/1"
        ? { status: 200, body: { status: ++asked < 3 ? "InProgress" : "Succeeded" } }
        : inTurn("GET", put, answered)(request, []);
    });
    await machine.run(installPlan, {}, minutesFromNow(5));
    await machine.run(installPlan, {}, minutesFromNow(5));
    const requests = azure.requests();
    const second = requests.lastIndexOf("PUT runCommands/pulumi-windows-kms-…");
    assert.equal(requests.slice(0, second).filter((request) => request === "GET operations/1").length, 3);
  });

  it("deletes again what a newer operation kept from being deleted", async () => {
    let deletions = 0;
    const machine = await machineOn((request) => {
      if (request.method === "DELETE") {
        deletions += 1;
        const location = `${azure.endpoint}/operations/${deletions}`;
        return { status: 202, headers: { "Azure-AsyncOperation": location, "Retry-After": "0" } };
      }
      const preempted = { code: "OperationPreempted", message: "Operation execution has been preempted." };
      return request.path === "operations/1"
        ? { status: 200, body: { status: "Failed", error: preempted } }
        : request.path === "operations/2"
          ? { status: 200, body: { status: "Succeeded" } }
          : inTurn("GET", put, answered)(request, []);
    });
    await machine.run(installPlan, {}, minutesFromNow(5));
    await machine.run(installPlan, {}, minutesFromNow(5));
    const requests = azure.requests();
    const again = requests.lastIndexOf("PUT runCommands/pulumi-windows-kms-…");
    const before = requests.slice(0, again).filter((request) => request.startsWith("DELETE"));
    assert.equal(before.length, 2);
    assert.equal(
      new Set(
        azure.seen
          .filter(({ method }) => method === "DELETE")
          .slice(0, 2)
          .map(({ path }) => path),
      ).size,
      1,
    );
  });

  describe("that a newer operation takes the place of", () => {
    const gone = azureError(409, "OperationPreempted", "Operation execution has been preempted.");
    const view = (instanceView: object): StubAnswer => ({
      status: 200,
      body: { location: "westeurope", properties: { provisioningState: "Failed", instanceView } },
    });

    it("begins anew under another name, where the script was never started", async () => {
      let puts = 0;
      const names = new Set<string>();
      const answer = await run((request) => {
        if (request.method === "PUT") {
          names.add(request.path);
          return ++puts === 1 ? gone : undefined;
        }
        return request.method === "GET" && put.test(request.path)
          ? puts === 1
            ? view({ executionState: "Pending" })
            : answered
          : undefined;
      });
      assert.deepEqual(answer, installAnswer);
      assert.equal(names.size, 2);
      const [first] = names;
      assert.ok(azure.seen.some(({ method, path }) => method === "DELETE" && path === first));
    });

    it("does not begin anew where the script may have run", async () => {
      for (const state of [
        { executionState: "Running" },
        { executionState: "Pending", startTime: "2026-11-28T00:00:00Z" },
      ]) {
        const error = await failure((request) =>
          request.method === "PUT"
            ? gone
            : put.test(request.path) && request.method === "GET"
              ? view(state)
              : undefined,
        );
        assert.equal(error.code, "KMS3015");
        assert.equal(azure.seen.filter(({ method }) => method === "PUT").length, 1);
        await azure.close();
      }
    });

    it("gives up after three times", async () => {
      const error = await failure((request) =>
        request.method === "PUT"
          ? gone
          : put.test(request.path) && request.method === "GET"
            ? view({ executionState: "Pending" })
            : undefined,
      );
      assert.equal(error.code, "KMS3015");
      assert.match(
        error.message,
        /another operation on kms1 took the place of this one: Operation execution has been/,
      );
      assert.equal(azure.seen.filter(({ method }) => method === "PUT").length, 3);
    });
  });

  it("K21: names the policy that denies, and gives no advice about roles", async () => {
    const identifiers = `[{"policyAssignment":{"name":"Require a tag on resources","id":"/a"},"policyDefinition":{"name":"d","id":"/d"}}]`;
    const message = `Resource 'x' was disallowed by policy. Policy identifiers: '${identifiers}'.`;
    const error = await failure(inTurn("PUT", put, azureError(403, "RequestDisallowedByPolicy", message)));
    assert.ok(error instanceof NotSentError);
    assert.equal(error.code, "KMS3012");
    assert.match(
      error.message,
      /denies the run command on kms1: Require a tag on resources\. Declare in tags/,
    );
    assert.doesNotMatch(error.message, /principal/);
  });

  it("K32: says at once that extensions are switched off, and that the agent does not answer", async () => {
    const forbidden = "This operation cannot be performed when extension operations are disallowed.";
    const off = await failure(inTurn("PUT", put, azureError(409, "OperationNotAllowed", forbidden)));
    assert.equal(off.code, "KMS3013");
    assert.match(off.message, /osProfile\.allowExtensionOperations/);
    assert.equal(azure.seen.filter(({ method }) => method === "PUT").length, 1, "it is not sent again");
    await azure.close();
    const silent = azureError(409, "VMAgentStatusCommunicationError", "VM 'kms1' has not reported status.");
    assert.equal((await failure(inTurn("PUT", put, silent))).code, "KMS3014");
  });

  // Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
  it("names the lock that keeps run commands away", async () => {
    const message =
      "The scope '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/kms1/runCommands/x' cannot perform write operation because following scope(s) are locked: '/subscriptions/s/resourceGroups/rg'. Please remove the lock and try again.";
    const error = await failure(inTurn("PUT", put, azureError(409, "ScopeLocked", message)));
    assert.equal(error.code, "KMS3036");
    assert.match(
      error.message,
      /a management lock keeps run commands away from kms1: .* are locked: '\/subscriptions\/s\/resourceGroups\/rg'/,
    );
    assert.match(error.message, /ReadOnly refuses run commands/);
    assert.doesNotMatch(error.message, /VM agent/);
  });
});
