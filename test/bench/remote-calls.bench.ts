// What one KMS host costs in calls to Azure and in run commands, for each thing that the engine does with it.
import * as handlers from "../../provider/handlers";
import { anotherPort, hostInputs, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { startStepProxy } from "../faults/step-proxy";
import { report } from "./shared/figure";

type Props = Parameters<typeof handlers.create>[0];

async function main(): Promise<void> {
  const arm = await startHostLab();
  const ledger = await temporaryLedger();
  const proxy = await startStepProxy(arm.endpoint, () => "pass");
  process.env.PULUMI_WINDOWS_KMS_ARM_ENDPOINT = proxy.endpoint;
  const inputs = { ...hostInputs, ledger: ledger.url } as unknown as Props;
  const measure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const before = proxy.steps.length;
    const result = await muted(work);
    const calls = proxy.steps.slice(before);
    const runCommands = calls.filter((call) => call.startsWith("PUT ") && call.includes("/runCommands/"));
    report({ name: `remote-calls/${what}`, value: calls.length, unit: "calls to Azure for one host" });
    report({
      name: `remote-calls/${what}/run-commands`,
      value: runCommands.length,
      unit: "run commands for one host",
    });
    return result;
  };
  const { id, outs } = await measure("create", () => handlers.create(inputs));
  await measure("no-op-up", () => handlers.diff(id, outs as Props, inputs));
  await measure("refresh", () => handlers.read(id, outs as Props));
  const changed = { ...inputs, ...anotherPort };
  await measure("update", () => handlers.update(id, outs as Props, changed));
  await proxy.close();
  await arm.close();
  await ledger.remove();
}

void main();
