import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { diff, remove } from "../../provider/handlers";
import type { ManagedHostOutputs } from "../../provider/host/state";
import { absoluteLedger, openLedger } from "../../provider/ledger/open-ledger";
import {
  activationsSpent,
  hostKey,
  type HostLab,
  temporaryLedger,
  withHostLab,
} from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { type Arm, createMachine } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";
import { printed } from "../srv/printed";
import { hostHandlers } from "./host-handlers";

describe("the ledger entry of a KMS host whose program names another ledger", function () {
  this.timeout(60_000);
  let arm: Arm;
  let ledger: HostLab["ledger"];
  withHostLab((lab) => ({ arm, ledger } = lab));
  const { inputs, createHost, document, diffHost, updateHost } = hostHandlers(() => ledger.url);

  it("is in the new ledger after an update that moves it, with the activations so far", async () => {
    const moved = await temporaryLedger();
    const { id, outs } = await createHost();
    const changes = { ledger: moved.url };
    assert.equal((await diffHost(outs as ManagedHostOutputs, changes)).changes, true);
    const after = await updateHost(id, outs, changes);
    assert.equal(after.ledger, moved.url);
    assert.deepEqual(await moved.outcomes(), ["committed"]);
    const former = (await document())!;
    assert.equal(former.movedTo, absoluteLedger(moved.url));
    await muted(() => remove(id, after as never));
    assert.deepEqual([await moved.retired(), await ledger.retired()], [[true], [false]]);
    assert.deepEqual(await activationsSpent(arm), [1]);
    await moved.remove();
  });

  it("brings along what others have spent of the key, and those follow it to the new ledger", async () => {
    const moved = await temporaryLedger();
    const first = await createHost();
    await createMachine(arm, "kms2", idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts"));
    const azureVmId = idOf("Microsoft.Compute/virtualMachines/kms2");
    const second = await createHost({ name: "second", azureVmId, stack: "organization/lab/other" });
    const said = await printed(() => diff("id", first.outs as never, inputs({ ledger: moved.url })));
    assert.match(said, /\(4 of 6 hosts are left\) moves from the ledger file:.* to file:/);
    const lost = { ...first.outs, licenseStatus: "Notification" };
    const again = await printed(() => diff("id", lost as never, inputs({ ledger: moved.url })));
    assert.match(again, /KMS6034 .*it is number 2 of 10 that Microsoft allows this machine/);
    await updateHost(first.id, first.outs, { ledger: moved.url });
    const stored = (await openLedger(moved.url).read(keyFingerprint(hostKey)))!.document;
    assert.deepEqual(stored.hosts.map(({ computerName }) => computerName).sort(), ["kms", "kms2"]);
    // The state of the other stack still names the former ledger.
    await muted(() => remove(second.id, second.outs as never));
    assert.deepEqual(await moved.retired(), [false, true]);
    await assert.rejects(createHost({ name: "third", azureVmId, stack: "organization/lab/third" }), {
      code: "KMS6025",
      message: /does not count this key any more: its document was moved to file:/,
    });
    assert.deepEqual(await activationsSpent(arm), [1, 1]);
    await moved.remove();
  });

  it("moves back, and moves while its machine does not answer", async () => {
    const moved = await temporaryLedger();
    const { id, outs } = await createHost();
    const there = await updateHost(id, outs, { ledger: moved.url });
    const back = await updateHost(id, there, {});
    assert.equal((await document())!.movedTo, undefined);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
    await arm.control.stopMachine("kms");
    const away = await updateHost(id, back, { ledger: moved.url });
    assert.match(away.unreachable ?? "", /^KMS3002 /);
    assert.deepEqual([away.ledger, (await document())!.movedTo], [moved.url, absoluteLedger(moved.url)]);
    await moved.remove();
  });

  it("is not left behind in a ledger that cannot be read, unless its document was copied", async () => {
    const moved = await temporaryLedger();
    const { id, outs } = await createHost();
    const name = `${keyFingerprint(hostKey)}.json`;
    const file = path.join(fileURLToPath(ledger.url), name);
    const text = await readFile(file, "utf8");
    await writeFile(file, "{");
    await assert.rejects(updateHost(id, outs, { ledger: moved.url }), {
      code: "KMS6026",
      message: /cannot be brought from the ledger file:.*KMS6003/,
    });
    await assert.rejects(diffHost(outs as ManagedHostOutputs, { ledger: moved.url }), { code: "KMS6026" });
    assert.deepEqual(await moved.outcomes(), []);
    await writeFile(path.join(fileURLToPath(moved.url), name), text);
    await updateHost(id, outs, { ledger: moved.url });
    assert.deepEqual(await moved.outcomes(), ["committed"]);
    assert.deepEqual(await activationsSpent(arm), [1]);
    await moved.remove();
  });
});
