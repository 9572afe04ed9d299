import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { officeGroup } from "../../provider/catalog/key-groups";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { create } from "../../provider/handlers";
import { ensureHostPlan, observeHostPlan } from "../../provider/host/plan";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { openLedger } from "../../provider/ledger/open-ledger";
import { changeLedger } from "../../provider/ledger/store";
import { reserve } from "../../provider/ledger/transitions";
import type { LicensingPlan } from "../../provider/machine/licensing-plan";
import { activationsSpent, hostInputs, hostKey, type HostLab, withHostLab } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { bodyWithKey } from "../machine/activate-host";

const office = officeGroup("Office LTSC 2024")!;
const officeKey = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === office.name)!.productKey;
const keys: Record<string, { activationId?: string; keyGroup: string; productKey: string }> = {
  Windows: { keyGroup: hostInputs.keyGroup, productKey: hostKey },
  Office: { activationId: office.activationId!, keyGroup: office.name, productKey: officeKey },
};

/** How long a test waits for what must happen. */
const patienceMilliseconds = 10_000;

describe("an activation that another run interrupts, or that was cut off", function () {
  this.timeout(30_000);
  let arm: Arm;
  let ledger: HostLab["ledger"];
  withHostLab((lab) => ({ arm, ledger } = lab));

  const createHost = (changes: object = {}) =>
    muted(() => create({ ...hostInputs, ledger: ledger.url, ...changes } as never));
  const commands = () => arm.compute.virtualMachineRunCommands;
  async function runAs(name: string, plan: LicensingPlan, productKey = hostKey): Promise<void> {
    const body = bodyWithKey(plan, productKey);
    await commands().beginCreateOrUpdateAndWait("rg", "kms", name, body, { updateIntervalInMs: 20 });
  }
  async function waitFor<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
    for (const until = Date.now() + patienceMilliseconds; Date.now() < until; await setTimeout(10)) {
      const found = await look();
      if (found !== undefined) {
        return found;
      }
    }
    return assert.fail("it did not happen");
  }
  const openReservations = async () =>
    ((await openLedger(ledger.url).read(keyFingerprint(hostKey)))?.document.hosts ?? [])
      .flatMap(({ activations }) => activations)
      .flatMap(({ outcome, reservation }) => (outcome === "reserved" ? [reservation!] : []));
  /** Counts what a run that was cut off has reserved. */
  async function reserved(
    reservation: string,
    { productKey, keyGroup }: { productKey: string; keyGroup: string } = hostInputs,
  ): Promise<void> {
    const { name: resource, stack } = hostInputs;
    const key = { keyFingerprint: keyFingerprint(productKey), keyEnding: productKey.slice(-5), keyGroup };
    const change = { at: "2026-03-01T00:00:00.000Z", who: "test", stack, resource };
    const [{ uuid: machineId }] = await arm.control.machines();
    await changeLedger(openLedger(ledger.url), key, (document) =>
      reserve(document, change, { machineId, computerName: "kms" }, reservation),
    );
  }
  const slow = (fault: object) =>
    arm.control.addFault({ match: "PUT .*/runCommands/pulumi-windows-kms-", ...fault });

  it("is decided anew where another run revoked it before it began", async () => {
    await slow({ scriptDelayMilliseconds: 700, times: 2 });
    const creating = createHost();
    const [revoked] = await waitFor(async () => {
      const open = await openReservations();
      return open.length > 0 ? open : undefined;
    });
    await runAs("look", observeHostPlan(undefined, [revoked]));
    const { licenseStatus } = (await creating).outs as { licenseStatus: string };
    assert.equal(licenseStatus, "Licensed");
    assert.deepEqual(await ledger.outcomes(), ["released", "committed"]);
    assert.deepEqual(await activationsSpent(arm), [1]);
  });

  it("fails where another run revokes it again", async () => {
    await slow({ scriptDelayMilliseconds: 700, times: 4 });
    const creating = createHost();
    const failing = assert.rejects(creating, { message: /KMS4041 .*0x800704C7/ });
    const revoked = new Set<string>();
    while (revoked.size < 2) {
      const next = await waitFor(async () => (await openReservations()).find((one) => !revoked.has(one)));
      await runAs(`look-${revoked.size}`, observeHostPlan(undefined, [next]));
      revoked.add(next);
    }
    await failing;
    assert.deepEqual(await ledger.outcomes(), ["released", "released"]);
    assert.deepEqual(await activationsSpent(arm), []);
  });

  it("is counted once where its script was ended before Windows looked at its licenses again", async () => {
    await arm.control.addFault({ match: "PUT .*/runCommands/ended", scriptMilliseconds: 600, times: 1 });
    const desired = { activation: "online", partialProductKey: hostKey.slice(-5) } as const;
    const reservation = `${keyFingerprint(hostKey)}-${"a".repeat(12)}`;
    await reserved(reservation);
    const ended = runAs("ended", ensureHostPlan(desired, reservation)).catch(() => undefined);
    await waitFor(async () => {
      const [{ reservations }] = await arm.control.machines();
      return reservations.includes(`${reservation} done`) || undefined;
    });
    await commands().beginDeleteAndWait("rg", "kms", "ended");
    await ended;
    await createHost();
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
  });

  for (const kind of ["Windows", "Office"]) {
    it(`does not begin any more where its run command for a key of ${kind} waits with Azure`, async () => {
      const { activationId, keyGroup, productKey } = keys[kind];
      await arm.control.installLicensePack("kms", "Office LTSC 2024");
      await arm.control.addFault({
        match: "PUT .*/runCommands/late",
        scriptDelayMilliseconds: 1500,
        times: 1,
      });
      const reservation = `${keyFingerprint(productKey)}-${"b".repeat(12)}`;
      await reserved(reservation, { productKey, keyGroup });
      const partialProductKey = productKey.slice(-5);
      const desired = { activation: "online", partialProductKey, activationId } as const;
      const late = runAs("late", ensureHostPlan(desired, reservation), productKey);
      await setTimeout(50);
      const license = { productKey, keyGroup, ...(activationId !== undefined && { activationId }) };
      await createHost({ ...license, settings: undefined });
      await late;
      const document = (await openLedger(ledger.url).read(keyFingerprint(productKey)))?.document;
      assert.deepEqual(
        document?.hosts[0].activations.map(({ outcome }) => outcome),
        ["released", "committed"],
      );
      assert.deepEqual(
        (await arm.control.activations(partialProductKey)).map(({ activations }) => activations),
        [1],
      );
    });
  }
});
