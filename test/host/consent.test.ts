import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { check, diff } from "../../provider/handlers";
import type { HostActivationInputs, HostActivationOutputs } from "../../provider/host/state";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { emptyLedger } from "../../provider/ledger/document";
import { seed } from "../../provider/ledger/transitions";
import { openLedger } from "../../provider/ledger/open-ledger";
import { hostInputs, temporaryLedger } from "../faults/host-fixture";
import { idOf } from "../lab/arm/arm-names";
import { consentEnd } from "../consent-end";
import { printedOf } from "./printed-of";
import { storedHost } from "./stored-host";

/** Invented key of the lab for the next key group. */
const productKey = labKeys.hostKeys.find(({ keyGroup }) => keyGroup.endsWith("2025"))!.productKey;
const keyGroup = "Volume License for Windows Server 2025";
const otherVm = idOf("Microsoft.Compute/virtualMachines/other");
const ssh = { host: "10.0.0.4", user: "admin", password: "invented", hostKeyFingerprint: "SHA256:invented" };
const unknown = pulumi.runtime.unknownValue;

describe("what an update of a KMS host would spend", () => {
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  beforeEach(async () => {
    ledger = await temporaryLedger();
  });
  afterEach(() => ledger.remove());

  /** What the engine prints of a preview, and the error that stops it. */
  function preview(changes: object, stored: object = {}) {
    const inputs = { ...hostInputs, ledger: ledger.url };
    const olds = { ...storedHost(inputs), ...stored } as HostActivationOutputs;
    const news = { ...inputs, ...changes } as HostActivationInputs;
    return printedOf(() => diff("id", { ...olds, kind: "HostActivation" } as never, news as never));
  }
  const until = consentEnd;
  const consentTo = (code: string, end = until) => ({
    acknowledge: [{ code, reason: "agreed with licensing", until: end }],
  });

  /** The key's ledger with so many hosts spent elsewhere. */
  async function spend(key: string, hosts: number) {
    const fingerprint = keyFingerprint(key);
    const document = emptyLedger({ keyFingerprint: fingerprint, keyEnding: key.slice(-5), keyGroup });
    const change = { at: "2026-01-01T00:00:00Z", who: "somebody", stack: "other", resource: "kms" };
    await openLedger(ledger.url).write(
      fingerprint,
      seed(document, change, { hosts, activations: hosts }),
      undefined,
    );
  }

  it("K23: is refused for another key on an activated host, with what the new key has left", async () => {
    await spend(productKey, 2);
    const { error } = await preview({ productKey, keyGroup });
    assert.equal(error?.code, "KMS6030");
    assert.match(
      error.message,
      /^KMS6030 key\.productKey: kms is activated .* the key ending in N2W2K, and .* the key ending in \w{5} spends a host of that key; 4 of 6 are left\. If that is what you want, acknowledge KMS6030/,
    );
    assert.ok(!error.message.includes(productKey));
  });

  it("counts what the program declares of a key without a ledger", async () => {
    const activationsSpent = { hosts: 5, activations: 7 };
    const { error } = await preview({ productKey, keyGroup, activationsSpent });
    assert.match(error?.message ?? "", /1 of 6 is left/);
  });

  it("K23: passes when it is acknowledged, and is named all the same", async () => {
    const { printed, result } = await preview({ productKey, keyGroup, ...consentTo("KMS6030") });
    assert.equal(result?.changes, true);
    assert.match(printed, /kms: KMS6030 .*6 of 6 are left.*\(acknowledged: agreed with licensing\)/);
  });

  it("is refused again when the acknowledgement has ended", async () => {
    const { error } = await preview({ productKey, keyGroup, ...consentTo("KMS6030", "2020-01-31") });
    assert.equal(error?.code, "KMS6030");
  });

  it("K23: is no other key where the machine has it already, or was never activated", async () => {
    const installed = { partialProductKey: productKey.slice(-5) };
    assert.equal((await preview({ productKey, keyGroup }, installed)).error, undefined);
    const waiting = { licenseStatus: "Notification" };
    const { printed, error } = await preview({ productKey, keyGroup }, waiting);
    assert.equal(error, undefined);
    assert.match(printed, /KMS6034 .*is Notification .*its first with this key, which has 6 of 6 hosts left/);
  });

  it("is refused for another key when a read-only host is managed from now on", async () => {
    const { productKey: _key, ...readOnly } = storedHost(hostInputs) as unknown as Record<string, unknown>;
    const stored = { ...readOnly, readOnly: true, keyRequired: true };
    assert.equal((await preview({ productKey, keyGroup }, stored)).error?.code, "KMS6030");
    assert.equal((await preview({}, stored)).error, undefined);
  });

  it("is refused for another Azure machine, with both IDs", async () => {
    const { error } = await preview({ azureVmId: otherVm });
    assert.equal(error?.code, "KMS6031");
    assert.match(
      error.message,
      /^KMS6031 machine\.azureVmId: .*from \S+\/virtualMachines\/kms to \S+\/virtualMachines\/other/,
    );
    const accepted = await preview({ azureVmId: otherVm, ...consentTo("KMS6031") });
    assert.deepEqual(accepted.result?.replaces, ["azureVmId"]);
    assert.match(accepted.printed, /KMS6031 .*6 of 6 are left/);
    assert.equal((await preview({ azureVmId: otherVm, ...consentTo("KMS6030") })).error?.code, "KMS6031");
  });

  it("is a warning where the machine is not known yet, or another address may be the same machine's", async () => {
    for (const changes of [{ azureVmId: unknown }, { azureVmId: undefined, ssh }]) {
      const { printed, error } = await preview(changes);
      assert.equal(error, undefined);
      assert.match(printed, /KMS6032 machine: it is not known yet whether kms/);
    }
  });

  describe("for a created machine that Pulumi creates anew", () => {
    const createdMachine = {
      kind: "CreatedMachine",
      name: hostInputs.name,
      stack: hostInputs.stack,
      resourceGroupName: "rg",
      location: "westeurope",
      osProfile: { adminUsername: "kmsadmin" },
      os: "Windows Server 2022",
      edition: "Datacenter",
      core: false,
      osDiskType: "StandardSSD_LRS",
      defaultComputerName: "kms",
      keys: [],
      acknowledge: [],
    };
    /** What the engine does: it checks what the machine is made from, and then asks about the activation. */
    async function previewAnew(made: object, changes: object = {}) {
      await check({ ...createdMachine } as never, { ...createdMachine, ...made } as never);
      return preview({ keepMachine: false, azureVmId: unknown, ...changes }, { keepMachine: false });
    }
    afterEach(() => check({}, { ...createdMachine, os: unknown } as never));

    it("is refused, whatever it is created anew for", async () => {
      const { error } = await previewAnew({});
      assert.match(
        error?.message ?? "",
        /^KMS6031 machine\.create: kms is activated .*, and the virtual machine that Pulumi is to create replaces .*6 of 6 are left\. .*`pulumi state untaint`/,
      );
    });

    it("passes when the program acknowledges it now, though the engine asks with the last update's inputs", async () => {
      const { error, printed, result } = await previewAnew(consentTo("KMS6031"));
      assert.deepEqual([error, result?.replaces], [undefined, ["azureVmId"]]);
      assert.match(printed, /KMS6031 .*\(acknowledged: agreed with licensing\)/);
    });

    it("is a warning as long as an argument is not known that decides it, and nothing where the machine stays", async () => {
      for (const made of [{ resourceGroupName: unknown }, { location: undefined }]) {
        const { error, printed } = await previewAnew(made);
        assert.equal(error, undefined);
        assert.match(printed, /KMS6032 machine: it is not known yet whether kms/);
      }
      const { error, result } = await previewAnew({}, { azureVmId: hostInputs.azureVmId });
      assert.deepEqual([error, result?.changes], [undefined, false]);
    });
  });

  // Source: https://learn.microsoft.com/azure/azure-resource-manager/management/move-resource-group-and-subscription
  it("N37: is a warning where the machine was moved to another resource group or subscription", async () => {
    const moved = idOf("Microsoft.Compute/virtualMachines/kms").replace(
      /resourceGroups\/[^/]+/,
      "resourceGroups/moved",
    );
    for (const azureVmId of [moved, moved.replace(/subscriptions\/[^/]+/, "subscriptions/moved")]) {
      const { printed, error, result } = await preview({ azureVmId });
      assert.equal(error, undefined);
      assert.deepEqual([result?.changes, result?.replaces], [true, []], "looked at, and not replaced");
      assert.match(printed, /KMS6032 machine: it is not known yet whether kms, .* keeps its machine/);
    }
  });

  it("is nothing where the machine was never activated, or is handed over", async () => {
    const never = await preview({ azureVmId: otherVm }, { licenseStatus: "Notification" });
    assert.deepEqual([never.error, never.result?.replaces], [undefined, ["azureVmId"]]);
    const { productKey: _key, ...readOnly } = hostInputs as unknown as Record<string, unknown>;
    const handedOver = await preview({ ...readOnly, readOnly: true, azureVmId: otherVm });
    assert.equal(handedOver.error, undefined);
  });

  it("is named for a host that has lost its activation, with its number", async () => {
    const stored = storedHost({ ...hostInputs, ledger: ledger.url });
    const { machineId, keyEnding, keyFingerprint: fingerprint } = stored;
    const at = "2026-01-01T00:00:00Z";
    await openLedger(ledger.url).write(
      fingerprint,
      {
        ...emptyLedger({ keyFingerprint: fingerprint, keyEnding, keyGroup: stored.keyGroup }),
        hosts: [
          {
            machineId,
            computerName: "kms",
            stack: stored.stack,
            resource: "kms",
            activations: [{ number: 1, at, outcome: "committed", settledAt: at }],
          },
        ],
      },
      undefined,
    );
    const drifted = { licenseStatus: "Notification", drift: ["license status is Notification"] };
    const { printed, result } = await preview({}, drifted);
    assert.equal(result?.changes, true);
    assert.match(printed, /KMS6034 .*kms is Notification .* it is number 2 of 10 that Microsoft allows/);
    const refused = await preview({ strict: true }, drifted);
    assert.equal(refused.error?.code, "KMS6034");
    assert.match(refused.error.message, /an error because strict is set/);
    assert.equal((await preview({ strict: true, ...consentTo("KMS6034") }, drifted)).error, undefined);
    assert.doesNotMatch((await preview({ activation: "none" }, drifted)).printed, /KMS6034/);
  });

  it("does not keep a preview from running when the ledger cannot be read", async () => {
    const { error } = await preview({ productKey, keyGroup, ledger: "file:///dev/null/ledger" });
    assert.match(error?.message ?? "", /KMS6030 .*how many are left is not known \(KMS600\d\)/);
  });
});
