import assert from "node:assert/strict";
import { azureClients } from "../../provider/azure/clients";
import { ensureHost } from "../../provider/host/ensure";
import { leaveFormerMachine, retireHost } from "../../provider/host/retirement";
import type { ManagedHostInputs } from "../../provider/host/state";
import { deletionsDone } from "../../provider/machine/run-command-removal";
import { azureEndpoint } from "../environment";
import { activationsSpent, hostInputs, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { subscriptionId } from "../lab/arm/arm-names";
import { printedOf } from "./printed-of";

describe("the machine of a host", function () {
  this.timeout(60_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let inputs: ManagedHostInputs;

  beforeEach(async () => {
    arm = await startHostLab();
    ledger = await temporaryLedger();
    findAzureAt(arm.endpoint);
    inputs = { ...hostInputs, ledger: ledger.url };
  });
  afterEach(async () => {
    await deletionsDone(azureClients(process.env).compute(subscriptionId), {
      ...{ subscriptionId, resourceGroupName: "rg", vmName: "kms" },
    });
    await arm.close();
    await ledger.remove();
  });

  it("answers clients until it is deleted, and is taken over without an activation where it stays", async () => {
    const host = { ...(await muted(() => ensureHost(inputs))), keepMachine: false };
    const { printed } = await printedOf(() => retireHost(host));
    assert.match(
      printed,
      /^kms: its virtual machine kms answers clients until it is deleted; if this command leaves it/m,
    );
    assert.deepEqual(await ledger.retired(), [true]);
    const again = await muted(() => ensureHost(inputs));
    assert.equal(again.licenseStatus, "Licensed");
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.deepEqual(await ledger.retired(), [false]);
  });

  it("N37: stays the same where it was moved to another resource group", async () => {
    const host = await muted(() => ensureHost(inputs));
    const olds = {
      ...host,
      azureVmId: host.azureVmId!.replace(/resourceGroups\/[^/]+/, "resourceGroups/former"),
    };
    const outs = await muted(() => ensureHost(inputs, olds));
    await muted(() => leaveFormerMachine("id", olds, outs));
    assert.equal(outs.machineId, host.machineId);
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.deepEqual(await ledger.retired(), [false]);
  });

  it("N37: is refused where another one has its name there", async () => {
    const host = await muted(() => ensureHost(inputs));
    const olds = {
      ...host,
      azureVmId: host.azureVmId!.replace(/resourceGroups\/[^/]+/, "resourceGroups/former"),
      machineId: "00000000-0000-4000-8000-000000000002",
    };
    const { error } = await printedOf(() => ensureHost(inputs, olds));
    assert.equal(error?.code, "KMS6031");
  });
});
