// A process of its own: runs a command on a machine whose Azure then goes away while it still deletes the run command.
import { azureClients } from "../../provider/azure/clients";
import { azureRunCommand } from "../../provider/machine/azure-run-command";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import { installAnswer, installPlan } from "./plans";
import { endedCommand, startStubAzure, stubMachineId } from "./stub-azure";

async function main(): Promise<void> {
  const output = encodeAnswer(installAnswer);
  const azure = await startStubAzure(({ method, path }) => {
    if (method === "DELETE") {
      const location = `${azure.endpoint}/operations/1`;
      return { status: 202, headers: { "Azure-AsyncOperation": location } };
    }
    return path === "operations/1"
      ? { status: 200, body: { status: "InProgress" } }
      : method === "GET" && path !== ""
        ? endedCommand({ executionState: "Succeeded", exitCode: 0, output })
        : undefined;
  });
  const client = azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: azure.endpoint }).compute("sub");
  await azureRunCommand(stubMachineId, client).run(installPlan, {}, { deadline: Date.now() + 300_000 });
  await azure.close();
  process.stdout.write(azure.requests().join("\n"));
}

void main();
