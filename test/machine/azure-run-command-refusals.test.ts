import assert from "node:assert/strict";
import { NotSentError } from "../../provider/machine/not-sent";
import { installAnswer, installPlan } from "./plans";
import { answered, inTurn, minutesFromNow, runCommandOnStub, runCommandPath } from "./run-command-fixture";
import { azureError, type StubAnswer } from "./stub-azure";

describe("machine/azure-run-command among other changes of the machine and its subscription", () => {
  const stub = runCommandOnStub();
  const { machineOn, run, failure } = stub;

  it("waits for a deletion that is under way before it sends another run command", async () => {
    let asked = 0;
    const machine = await machineOn((request) => {
      if (request.method === "DELETE") {
        const location = `${stub.azure.endpoint}/operations/1`;
        return { status: 202, headers: { "Azure-AsyncOperation": location, "Retry-After": "0" } };
      }
      return request.path === "operations/1"
        ? { status: 200, body: { status: ++asked < 3 ? "InProgress" : "Succeeded" } }
        : inTurn("GET", runCommandPath, answered)(request, []);
    });
    await machine.run(installPlan, {}, minutesFromNow(5));
    await machine.run(installPlan, {}, minutesFromNow(5));
    const requests = stub.azure.requests();
    const second = requests.lastIndexOf("PUT runCommands/pulumi-windows-kms-…");
    assert.equal(requests.slice(0, second).filter((request) => request === "GET operations/1").length, 3);
  });

  it("deletes again what a newer operation kept from being deleted", async () => {
    let deletions = 0;
    const machine = await machineOn((request) => {
      if (request.method === "DELETE") {
        deletions += 1;
        const location = `${stub.azure.endpoint}/operations/${deletions}`;
        return { status: 202, headers: { "Azure-AsyncOperation": location, "Retry-After": "0" } };
      }
      const preempted = { code: "OperationPreempted", message: "Operation execution has been preempted." };
      return request.path === "operations/1"
        ? { status: 200, body: { status: "Failed", error: preempted } }
        : request.path === "operations/2"
          ? { status: 200, body: { status: "Succeeded" } }
          : inTurn("GET", runCommandPath, answered)(request, []);
    });
    await machine.run(installPlan, {}, minutesFromNow(5));
    await machine.run(installPlan, {}, minutesFromNow(5));
    const requests = stub.azure.requests();
    const again = requests.lastIndexOf("PUT runCommands/pulumi-windows-kms-…");
    const before = requests.slice(0, again).filter((request) => request.startsWith("DELETE"));
    assert.equal(before.length, 2);
    assert.equal(
      new Set(
        stub.azure.seen
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
        return request.method === "GET" && runCommandPath.test(request.path)
          ? puts === 1
            ? view({ executionState: "Pending" })
            : answered
          : undefined;
      });
      assert.deepEqual(answer, installAnswer);
      assert.equal(names.size, 2);
      const [first] = names;
      assert.ok(stub.azure.seen.some(({ method, path }) => method === "DELETE" && path === first));
    });

    it("does not begin anew where the script may have run", async () => {
      for (const state of [
        { executionState: "Running" },
        { executionState: "Pending", startTime: "2026-11-28T00:00:00Z" },
      ]) {
        const error = await failure((request) =>
          request.method === "PUT"
            ? gone
            : runCommandPath.test(request.path) && request.method === "GET"
              ? view(state)
              : undefined,
        );
        assert.equal(error.code, "KMS3015");
        assert.equal(stub.azure.seen.filter(({ method }) => method === "PUT").length, 1);
        await stub.azure.close();
      }
    });

    it("gives up after three times", async () => {
      const error = await failure((request) =>
        request.method === "PUT"
          ? gone
          : runCommandPath.test(request.path) && request.method === "GET"
            ? view({ executionState: "Pending" })
            : undefined,
      );
      assert.equal(error.code, "KMS3015");
      assert.match(
        error.message,
        /another operation on kms1 took the place of this one: Operation execution has been/,
      );
      assert.equal(stub.azure.seen.filter(({ method }) => method === "PUT").length, 3);
    });
  });

  it("K21: names the policy that denies, and gives no advice about roles", async () => {
    const identifiers = `[{"policyAssignment":{"name":"Require a tag on resources","id":"/a"},"policyDefinition":{"name":"d","id":"/d"}}]`;
    const message = `Resource 'x' was disallowed by policy. Policy identifiers: '${identifiers}'.`;
    const error = await failure(
      inTurn("PUT", runCommandPath, azureError(403, "RequestDisallowedByPolicy", message)),
    );
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
    const off = await failure(
      inTurn("PUT", runCommandPath, azureError(409, "OperationNotAllowed", forbidden)),
    );
    assert.equal(off.code, "KMS3013");
    assert.match(off.message, /osProfile\.allowExtensionOperations/);
    assert.equal(stub.azure.seen.filter(({ method }) => method === "PUT").length, 1, "it is not sent again");
    await stub.azure.close();
    const silent = azureError(409, "VMAgentStatusCommunicationError", "VM 'kms1' has not reported status.");
    assert.equal((await failure(inTurn("PUT", runCommandPath, silent))).code, "KMS3014");
  });

  // Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
  it("names the lock that keeps run commands away", async () => {
    const message =
      "The scope '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/kms1/runCommands/x' cannot perform write operation because following scope(s) are locked: '/subscriptions/s/resourceGroups/rg'. Please remove the lock and try again.";
    const error = await failure(inTurn("PUT", runCommandPath, azureError(409, "ScopeLocked", message)));
    assert.equal(error.code, "KMS3036");
    assert.match(
      error.message,
      /a management lock keeps run commands away from kms1: .* are locked: '\/subscriptions\/s\/resourceGroups\/rg'/,
    );
    assert.match(error.message, /ReadOnly refuses run commands/);
    assert.doesNotMatch(error.message, /VM agent/);
  });
});
