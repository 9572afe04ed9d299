import assert from "node:assert/strict";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { runCli } from "../../provider/cli/run-cli";
import { ledgerCommand } from "../../provider/cli/ledger-command";
import { create } from "../../provider/handlers";
import { ensureHostPlan } from "../../provider/host/plan";
import { openLedger } from "../../provider/ledger/open-ledger";
import { changeLedger } from "../../provider/ledger/store";
import { reserve } from "../../provider/ledger/transitions";
import { runCommandName } from "../../provider/machine/azure-run-command";
import { activationsSpent, hostInputs, hostKey, type HostLab, withHostLab } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { idOf } from "../lab/arm/arm-names";
import { type Arm, createMachine } from "../lab/arm/arm-fixture";
import { bodyWithKey } from "../machine/activate-host";

/** The host whose creation was cut off, on the lab's machine; no program has it any more. */
const forgottenHost = { stack: hostInputs.stack, resource: "former" };
const fingerprint = keyFingerprint(hostKey);
const reservation = `${fingerprint}-${"a".repeat(12)}`;
const longAgo = "2026-03-01T00:00:00.000Z";

describe("an activation of a host that no program has any more", function () {
  this.timeout(30_000);
  let arm: Arm;
  let ledger: HostLab["ledger"];
  withHostLab(async (lab) => {
    ({ arm, ledger } = lab);
    await createMachine(arm, "kms2", idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts"));
  });

  /** Creates another host of the key and stack. */
  const createNext = (changes: object = {}) =>
    muted(() =>
      create({
        ...hostInputs,
        name: "next",
        azureVmId: idOf("Microsoft.Compute/virtualMachines/kms2"),
        ledger: ledger.url,
        ...changes,
      } as never),
    );
  const machineId = async () =>
    (await arm.control.machines()).find(({ computerName }) => computerName === "kms")!.uuid;
  const outcomes = async () => {
    const stored = await openLedger(ledger.url).read(fingerprint);
    const entry = stored?.document.hosts.find(({ resource }) => resource === forgottenHost.resource);
    return entry?.activations.map(({ outcome }) => outcome);
  };
  async function reserved({
    at = longAgo,
    azureVmId = hostInputs.azureVmId,
    stack = forgottenHost.stack,
  } = {}) {
    const key = { keyFingerprint: fingerprint, keyEnding: hostKey.slice(-5), keyGroup: hostInputs.keyGroup };
    const machine = {
      machineId: await machineId(),
      computerName: "kms",
      ...(azureVmId !== "" && { azureVmId }),
    };
    await changeLedger(openLedger(ledger.url), key, (document) =>
      reserve(document, { ...forgottenHost, stack, at, who: "test" }, machine, reservation),
    );
  }
  /** What the run that was cut off did on the machine; its answer stays with Azure unless it is removed. */
  async function activated({ isRemoved = false } = {}): Promise<void> {
    const plan = ensureHostPlan({ activation: "online", partialProductKey: hostKey.slice(-5) }, reservation);
    const name = runCommandName(plan, "1");
    const body = bodyWithKey(plan, hostKey);
    const commands = arm.compute.virtualMachineRunCommands;
    await commands.beginCreateOrUpdateAndWait("rg", "kms", name, body, { updateIntervalInMs: 20 });
    if (isRemoved) {
      await commands.beginDeleteAndWait("rg", "kms", name, { updateIntervalInMs: 20 });
    }
  }
  async function settleCommand(...argv: string[]) {
    let [out, err] = ["", ""];
    const output = {
      writeOut: (text: string) => void (out += text),
      writeErr: (text: string) => void (err += text),
    };
    const program = { name: "pulumi-windows-kms", description: "", version: "1", commands: [ledgerCommand] };
    const exitCode = await runCli(program, ["ledger", "settle", ...argv], output);
    return { exitCode, out, err };
  }

  describe("is settled before another host of the key is worked on", () => {
    it("by the answer that its run command left, however new it is", async () => {
      await reserved({ at: new Date().toISOString() });
      await activated();
      await createNext();
      assert.deepEqual(await outcomes(), ["committed"]);
      assert.deepEqual(await activationsSpent(arm), [1, 1]);
    });

    it("by its machine's record, once no run can be at work with it any more", async () => {
      await reserved();
      await activated({ isRemoved: true });
      await createNext();
      assert.deepEqual(await outcomes(), ["committed"]);
    });

    it("and revoked where it has not begun by then", async () => {
      await reserved();
      await createNext();
      assert.deepEqual(await outcomes(), ["released"]);
      const [{ reservations }] = await arm.control.machines();
      assert.deepEqual(reservations, [`${reservation} revoked`]);
    });

    it("but neither while a run may be at work with it, nor for another stack, nor without its machine", async () => {
      await reserved({ at: new Date().toISOString() });
      await createNext();
      assert.deepEqual(await outcomes(), ["reserved"]);
      await createNext({ stack: "organization/lab/other", adopt: true });
      assert.deepEqual(await outcomes(), ["reserved"]);
    });

    it("and stays counted where its machine is gone", async () => {
      await reserved();
      await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms");
      await createNext();
      assert.deepEqual(await outcomes(), ["reserved"]);
    });
  });

  describe("is settled by a command", () => {
    it("that looks at its machine", async () => {
      await reserved({ at: new Date().toISOString() });
      await activated({ isRemoved: true });
      const { exitCode, out } = await settleCommand(ledger.url, "--key", fingerprint);
      assert.deepEqual([exitCode, out], [0, "activation 1 of kms: committed\n"]);
      assert.deepEqual(await outcomes(), ["committed"]);
    });

    it("that needs the machine's ID where the ledger does not have it", async () => {
      await reserved({ azureVmId: "" });
      const missing = await settleCommand(ledger.url, "--key", fingerprint);
      assert.equal(missing.exitCode, 1);
      assert.match(missing.err, /KMS9021 .*the ledger does not have its Azure resource ID.*--azure-vm-id/);
      const other = idOf("Microsoft.Compute/virtualMachines/kms2");
      const wrong = await settleCommand(ledger.url, "--key", fingerprint, "--azure-vm-id", other);
      assert.match(wrong.err, /KMS9021 .*so it is another one/);
      assert.deepEqual(await outcomes(), ["reserved"]);
      const right = ["--key", fingerprint, "--machine", "KMS", "--azure-vm-id", hostInputs.azureVmId!];
      assert.equal((await settleCommand(ledger.url, ...right)).out, "activation 1 of kms: released\n");
    });

    it("that takes what a person states, with the reason in the history", async () => {
      await reserved();
      const file = new URL(`${ledger.url}/${fingerprint}.json`).pathname;
      const stated = ["--outcome", "unknown", "--reason", "the machine burnt"];
      const { exitCode, out } = await settleCommand(file, ...stated);
      assert.deepEqual([exitCode, out], [0, "activation 1 of kms: unknown\n"]);
      const { history } = (await openLedger(ledger.url).read(fingerprint))!.document;
      assert.deepEqual(
        [history.at(-1)?.event, history.at(-1)?.detail],
        ["unknown", "activation 1, stated: the machine burnt"],
      );
      assert.match((await settleCommand(file, ...stated)).err, /KMS9020 .*it has none\./);
    });

    it("that names the machines with an open activation in place of one without", async () => {
      await reserved();
      const { err } = await settleCommand(ledger.url, "--key", fingerprint, "--machine", "other");
      assert.match(err, /KMS9020 .*: it has none of other, but kms \([0-9a-f-]{36}\)\. /);
    });

    it("that takes no outcome without a reason", async () => {
      await reserved();
      const { exitCode, err } = await settleCommand(
        ledger.url,
        "--key",
        fingerprint,
        "--outcome",
        "released",
      );
      assert.equal(exitCode, 2);
      assert.match(err, /KMS7060 .*--outcome and --reason belong together/);
    });
  });
});
