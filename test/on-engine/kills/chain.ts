import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { keyFingerprint } from "../../../provider/catalog/product-key";
import { movableClock } from "../../../provider/lab/windows/clock";
import type { LedgerHost } from "../../../provider/ledger/document";
import { openLedger } from "../../../provider/ledger/open-ledger";
import { hostInputs } from "../../faults/host-fixture";
import { checkAgreement, clientSetupKey, keyOf, otherGroup, otherKey } from "../../faults/kills/agreement";
import { type Chain, stepOf } from "../../faults/kills/chain";
import { type Intervention, startStepProxy, type StepProxy } from "../../faults/step-proxy";
import { type Arm, createMachine, createNetwork, startArm } from "../../lab/arm/arm-fixture";
import { type EngineProgram, engineProgram } from "../engine";
import { killIfAlive } from "../kill-tree";
import type { Lab } from "../lab";
import { consentEnd } from "../../consent-end";

/** What becomes of the update that is to be killed. */
export interface EngineOutcome {
  requests: number;
  /** False where it ended before the moment came. */
  killed: boolean;
}

/** A stack that chains use one after the other, each with a lab of its own behind the same address. */
export interface KillStack {
  run(chain: Chain): Promise<EngineOutcome>;
  close(): Promise<void>;
}

/** What passes of the lab's time between two requests. */
const requestMilliseconds = 10_000;
const scriptMilliseconds = 30_000;
const machineName = "kms";

const program = (inputs: object) => `
const { HostActivation } = require("pulumi-windows-kms/bin/provider/host/activation");
const { kind: _kind, ...inputs } = ${JSON.stringify(inputs)};
new HostActivation("kms", inputs, {});
`;

/** The lab of the chain that is run now. */
interface Current {
  arm: Arm;
  tick: () => void;
  intervene: () => Intervention;
  lost: () => void;
}

export async function startKillStack(): Promise<KillStack> {
  const bootstrap = await startArm();
  let current: Current | undefined;
  const proxy = await startStepProxy(
    () => (current?.arm ?? bootstrap).endpoint,
    () => {
      current?.tick();
      return current?.intervene() ?? "pass";
    },
    () => current?.lost(),
  );
  const environment = { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: proxy.endpoint };
  const lab = { address: { environment }, control: bootstrap.control } as unknown as Lab;
  const stack = await engineProgram(lab, "kills", "");
  const fresh = await stack.storedState();
  return {
    async run(chain) {
      const clock = movableClock(() => Date.parse("2026-03-01T00:00:00Z"));
      const arm = await startArm({ clock });
      await createMachine(arm, machineName, await createNetwork(arm));
      const lab: Current = {
        arm,
        tick: () => clock.advance(requestMilliseconds),
        intervene: () => "pass",
        lost: () => undefined,
      };
      current = lab;
      const folder = path.join(stack.folder, "../ledger");
      await mkdir(folder, { recursive: true });
      await stack.resetState(fresh);
      try {
        return await runChain(chain, { stack, proxy, lab, ledger: pathToFileURL(folder).href });
      } finally {
        current = undefined;
        clock.advance(10 * scriptMilliseconds);
        await arm.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    async close() {
      await stack.remove();
      await proxy.close();
      await bootstrap.close();
    },
  };
}

interface World {
  stack: EngineProgram;
  proxy: StepProxy;
  lab: Current;
  ledger: string;
}

async function runChain(chain: Chain, world: World): Promise<EngineOutcome> {
  const { stack, lab, ledger } = world;
  const { control } = lab.arm;
  const entryOf = async (key: string): Promise<LedgerHost | undefined> =>
    (await openLedger(ledger).read(keyFingerprint(key)))?.document.hosts[0];
  const first = { ...hostInputs, ledger, ...(chain.situation === "offline" && { activation: "offline" }) };
  await stack.write(program(first));
  const wanted = await prepare(chain, world);
  await stack.write(program({ ...first, ...wanted }));
  if (chain.scripts !== "0s") {
    await control.addFault({ match: "PUT .*/runCommands/", scriptMilliseconds, times: 1000 });
  }
  const outcome = await upKilled(chain, world, () => entryOf(keyOf(chain)));
  const remembered = /"type": *"pulumi-nodejs:dynamic/.test(await stack.storedState());
  await continueWith(chain, stack);
  await control.clearFaults();
  for (let pauses = 0; chain.scripts !== "0s" && pauses < 4; pauses += 1) {
    lab.tick(); // what is still on the machine ends
    await setTimeout(requestMilliseconds / 1000);
  }
  const [machine] = await control.machines();
  const usage = (ending: string) => control.activations(ending);
  await checkAgreement(chain, { remembered, machine, entryOf, usage });
  return outcome;
}

/** Brings the stack to where the update begins; returns what the update changes. */
async function prepare({ situation }: Chain, { stack, lab }: World): Promise<object> {
  const { control } = lab.arm;
  if (situation === "first-activation") {
    return {};
  }
  const { ok, text } = await stack.up();
  assert.ok(ok, text);
  if (situation === "another-key") {
    const acknowledge = [{ code: "KMS6030", reason: "the test changes the key", until: consentEnd }];
    return { productKey: otherKey, keyGroup: otherGroup, acknowledge };
  }
  if (situation === "after-drift") {
    await control.installKeyByHand(machineName, clientSetupKey);
    assert.ok((await stack.refresh()).ok);
    return {};
  }
  const { deployment } = await stack.exportState();
  const resources = (deployment as { resources: { outputs?: { installationId?: string } }[] }).resources;
  const installationId = resources.find(({ outputs }) => outputs?.installationId !== undefined)!.outputs!
    .installationId!;
  return { confirmationId: await control.confirmInstallation(installationId) };
}

const lookMilliseconds = 2;

async function upKilled(
  { victim, moment }: Chain,
  { stack, proxy, lab }: World,
  entry: () => Promise<LedgerHost | undefined>,
): Promise<EngineOutcome> {
  const before = proxy.steps.length;
  const known = (await entry())?.activations.length ?? 0;
  const { result, processes } = stack.startUp();
  let ended = false;
  const end = result.then(() => void (ended = true));
  let doomed: number[] = [];
  let killed = false;
  const kill = () => {
    killed = !ended;
    doomed.forEach(killIfAlive);
  };
  lab.intervene = () => {
    // They are listed at the first request, so that no time is lost when the moment comes.
    doomed = doomed.length > 0 ? doomed : processes(victim);
    if (stepOf(moment) !== proxy.steps.length - before) {
      return "pass";
    }
    return moment.startsWith("request-") ? "lose-request" : "lose-answer";
  };
  lab.lost = kill;
  const outcome = /^ledger-(.*)$/.exec(moment)?.[1];
  while (outcome !== undefined && !ended) {
    const activations = (await entry())?.activations ?? [];
    if (activations.length > known && activations.at(-1)!.outcome === outcome) {
      kill();
      break;
    }
    await setTimeout(lookMilliseconds);
  }
  await end;
  lab.intervene = () => "pass";
  lab.lost = () => undefined;
  return { requests: proxy.steps.length - before, killed };
}

async function continueWith({ victim, next }: Chain, stack: EngineProgram): Promise<void> {
  if (victim !== "provider" || next === "cancel-up") {
    await stack.cancel().catch(() => undefined); // there may be no lock
  }
  const mustSucceed = async (run: () => Promise<{ ok: boolean; text: string }>) => {
    const { ok, text } = await run();
    assert.ok(ok, text);
  };
  switch (next) {
    case "destroy":
      return mustSucceed(() => stack.destroy());
    case "refresh-up":
      await mustSucceed(() => stack.refresh());
      return mustSucceed(() => stack.up());
    case "up--refresh":
      return mustSucceed(() => stack.upRefreshed());
    default:
      return mustSucceed(() => stack.up());
  }
}
