import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { keyFingerprint } from "../../../provider/catalog/product-key";
import type { LedgerHost } from "../../../provider/ledger/document";
import { openLedger } from "../../../provider/ledger/open-ledger";
import { labProductKey } from "../../../provider/lab/windows/product-keys";
import { hostInputs, hostKey, startHostLab, temporaryLedger } from "../../faults/host-fixture";
import { startStepProxy } from "../../faults/step-proxy";
import { type EngineProgram, engineProgram, type Victim } from "../engine";
import { killIfAlive } from "../kill-tree";
import type { Lab } from "../lab";

/** What is activated when the process is killed. */
export const situations = ["first activation", "activation after drift", "another key", "offline"] as const;
/** What is run after it. */
export const successors = ["up", "refresh, up", "up --refresh", "destroy", "cancel, up"] as const;
export const victims: readonly Victim[] = ["engine", "provider", "both"];

/** The moment of the kill: a request or its answer is lost, or the ledger has this outcome. */
export type Moment =
  { step: number; lost: "lose-request" | "lose-answer" } | { outcome: "reserved" | "committed" };

/** One case of the matrix. */
export interface Chain {
  victim: Victim;
  moment: Moment;
  next: (typeof successors)[number];
  situation: (typeof situations)[number];
  /** How long the scripts of the killed update take. */
  scriptMilliseconds: number;
}

export const nameOf = ({ victim, moment, next, situation, scriptMilliseconds }: Chain): string => {
  const at = "step" in moment ? `${moment.lost} ${moment.step}` : moment.outcome;
  return `${situation}, scripts of ${scriptMilliseconds} ms; kill ${victim} at ${at}; ${next}`;
};

const otherGroup = "Volume License for Windows Server 2025";
const otherKey = labProductKey(otherGroup);
const dayMilliseconds = 86_400_000;
const clientSetupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

type Inputs = Partial<typeof hostInputs>;

const program = (inputs: object) => `
import { HostActivation } from "pulumi-windows-kms/bin/provider/host/activation";
const { kind: _kind, ...inputs } = ${JSON.stringify(inputs)};
new HostActivation("kms", inputs as never, {});
`;

/** Runs the chain. Returns the steps of the update that was to be killed, and whether it was. */
export async function runChain(chain: Chain): Promise<{ steps: string[]; killed: boolean }> {
  const arm = await startHostLab();
  const ledger = await temporaryLedger();
  let due: (() => void) | undefined;
  let first = 0;
  let armed = false;
  const { moment } = chain;
  const proxy = await startStepProxy(
    arm.endpoint,
    (step) => (armed && "step" in moment && step === first + moment.step ? moment.lost : "pass"),
    () => due?.(),
  );
  const environment = { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: proxy.endpoint };
  const lab = { address: { environment }, control: arm.control } as unknown as Lab;
  const inputs = { ...hostInputs, ledger: ledger.url };
  const stack = await engineProgram(lab, "kills", program({ ...inputs, ...firstInputs(chain) }));
  const host = async (key: string): Promise<LedgerHost | undefined> =>
    (await openLedger(ledger.url).read(keyFingerprint(key)))?.document.hosts[0];
  try {
    const key = chain.situation === "another key" ? otherKey : hostKey;
    const wanted = await prepare(chain, stack, arm.control);
    await stack.write(program({ ...inputs, ...wanted }));
    const before = (await host(key))?.activations.length ?? 0;
    if (chain.scriptMilliseconds > 0) {
      const { scriptMilliseconds } = chain;
      await arm.control.addFault({ match: "PUT .*/runCommands/", scriptMilliseconds, times: 1000 });
    }
    first = proxy.steps.length;
    armed = true;
    const isDue = new Promise<true>((resolve) => (due = () => resolve(true)));
    const killed = await upKilled(chain, stack, isDue, proxy.steps, async () => {
      const activations = (await host(key))?.activations ?? [];
      return activations.length > before ? activations.at(-1)!.outcome : undefined;
    });
    armed = false;
    const steps = proxy.steps.slice(first);
    await continueWith(chain, stack);
    if (chain.scriptMilliseconds > 0) {
      await setTimeout(2 * chain.scriptMilliseconds); // what is still on the machine ends
    }
    await checkAgreement(chain, await arm.control.machines(), host, (ending) =>
      arm.control.activations(ending),
    );
    return { steps, killed };
  } finally {
    await stack.remove();
    await proxy.close();
    await arm.close();
    await ledger.remove();
  }
}

const firstInputs = ({ situation }: Chain): Inputs =>
  situation === "offline" ? { activation: "offline" } : {};

/** Brings the stack to where the update begins; returns what the update changes. */
async function prepare(
  { situation }: Chain,
  stack: EngineProgram,
  control: Awaited<ReturnType<typeof startHostLab>>["control"],
): Promise<Inputs> {
  if (situation === "first activation") {
    return {};
  }
  const { ok, text } = await stack.up();
  assert.ok(ok, text);
  if (situation === "another key") {
    const until = new Date(Date.now() + dayMilliseconds).toISOString().slice(0, 10);
    const acknowledge = [{ code: "KMS6030", reason: "the test changes the key", until }];
    return { productKey: otherKey, keyGroup: otherGroup, acknowledge };
  }
  if (situation === "activation after drift") {
    await control.installKeyByHand("kms", clientSetupKey);
    assert.ok((await stack.refresh()).ok);
    return {};
  }
  const { deployment } = await stack.exportState();
  const resources = (deployment as { resources: { outputs?: { installationId?: string } }[] }).resources;
  const installationId = resources.find(({ outputs }) => outputs?.installationId !== undefined)!.outputs!
    .installationId!;
  return { activation: "offline", confirmationId: await control.confirmInstallation(installationId) };
}

const lookMilliseconds = 2;

async function upKilled(
  { victim, moment }: Chain,
  stack: EngineProgram,
  isDue: Promise<true>,
  steps: string[],
  outcome: () => Promise<string | undefined>,
): Promise<boolean> {
  const before = steps.length;
  const { result, processes } = stack.startUp();
  let ended = false;
  const end = result.then(() => void (ended = true));
  while (!ended && steps.length === before) {
    await setTimeout(lookMilliseconds);
  }
  // They are known before the moment, so that no time is lost then.
  const doomed = processes(victim);
  const watch = async () => {
    while ("outcome" in moment && !ended && (await outcome()) !== moment.outcome) {
      await setTimeout(lookMilliseconds);
    }
  };
  await Promise.race([end, "outcome" in moment ? watch() : isDue]);
  const killed = !ended;
  doomed.forEach(killIfAlive);
  // A provider without its engine may go on for a while, beside the next run.
  await result;
  return killed;
}

async function continueWith({ victim, next }: Chain, stack: EngineProgram): Promise<void> {
  if (victim !== "provider" || next === "cancel, up") {
    await stack.cancel().catch(() => undefined); // there may be no lock
  }
  const mustSucceed = async (run: () => Promise<{ ok: boolean; text: string }>) => {
    const { ok, text } = await run();
    assert.ok(ok, text);
  };
  switch (next) {
    case "destroy":
      return mustSucceed(() => stack.destroy());
    case "refresh, up":
      await mustSucceed(() => stack.refresh());
      return mustSucceed(() => stack.up());
    case "up --refresh":
      return mustSucceed(() => stack.upRefreshed());
    default:
      return mustSucceed(() => stack.up());
  }
}

/** Microsoft's count, the ledger and the machine agree, and nothing was spent twice. */
async function checkAgreement(
  { next, situation }: Chain,
  [machine]: { uuid: string; licenseStatus: number; partialProductKey: string }[],
  hostOf: (key: string) => Promise<LedgerHost | undefined>,
  usage: (ending: string) => Promise<{ machineId: string; activations: number }[]>,
): Promise<void> {
  const allowed: Record<string, number> = {
    [hostKey]: situation === "activation after drift" ? 2 : 1,
    ...(situation === "another key" && { [otherKey]: 1 }),
  };
  for (const [key, most] of Object.entries(allowed)) {
    const ending = key.slice(-5);
    const counted =
      (await usage(ending)).find(({ machineId }) => machineId === machine.uuid)?.activations ?? 0;
    const outcomes = (await hostOf(key))?.activations.map(({ outcome }) => outcome) ?? [];
    const number = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    const granted = number("committed", "found");
    const open = number("reserved", "unknown");
    const found = `Microsoft counts ${counted} for ${ending}, the ledger has ${outcomes.join(", ") || "nothing"}`;
    assert.ok(counted <= most, `spent twice: ${found}`);
    if (next !== "destroy") {
      assert.equal(granted, counted, found);
      assert.equal(open, 0, found);
    } else if (situation !== "offline") {
      // Of a resource that is in no state yet, destroy knows nothing: what is open then stays counted.
      assert.ok(granted <= counted && counted <= granted + open, `lost: ${found}`);
    }
  }
  if (next !== "destroy") {
    const key = situation === "another key" ? otherKey : hostKey;
    assert.deepEqual([machine.licenseStatus, machine.partialProductKey], [1, key.slice(-5)]);
  }
}
