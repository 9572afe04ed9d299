import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { keyFingerprint } from "../../../provider/catalog/product-key";
import { movableClock } from "../../../provider/lab/windows/clock";
import { openLedger } from "../../../provider/ledger/open-ledger";
import { createMachine, createNetwork, startArm } from "../../lab/arm/arm-fixture";
import type { Azurite } from "../../lab-run/servers/azurite";
import { startSshMachine } from "../../lab-run/ssh-fixture";
import { hostInputs } from "../host-fixture";
import { type Intervention, startStepProxy, type StepProxy } from "../step-proxy";
import { consentEnd } from "../../consent-end";
import { checkAgreement, clientSetupKey, otherGroup, otherKey } from "./agreement";
import { type Chain, nameOf, stepOf } from "./chain";
import type { HandlerPool, HandlerProcess } from "./handler-pool";
import type { Call, CallOutcome, StoredState } from "./killable-handler";

/** What the chains of one lane use, one after the other. */
export interface Lane {
  pool: HandlerPool;
  /** Process of the commands that are not killed. */
  steady: HandlerProcess;
  azurite?: Azurite;
}

/** What became of the update that was to be killed. */
export interface ChainOutcome {
  /** False where it ended before the moment came. */
  killed: boolean;
  requests: number;
  files: number;
}

const startOfTest = Date.parse("2026-03-01T00:00:00Z");
/** What passes of the lab's time between two requests. */
const requestMilliseconds = 10_000;
const scriptMilliseconds = 30_000;
/** Between two moves of the lab's clock where no request moves it. */
const tickMilliseconds = 5;
const machineName = "kms";

/** Decides what happens to each request. */
class Gate {
  requests = 0;
  armed = false;
  due: () => void = () => undefined;
  constructor(
    private readonly chain: Chain,
    private readonly tick: () => void,
  ) {}

  next(): Intervention {
    this.tick();
    if (!this.armed) {
      return "pass";
    }
    this.requests += 1;
    const { moment, victim } = this.chain;
    if (stepOf(moment) !== this.requests || moment.startsWith("file-")) {
      return "pass";
    }
    if (victim === "engine") {
      this.due();
      return "pass";
    }
    return moment.startsWith("request-") ? "lose-request" : "lose-answer";
  }
}

/** Runs one chain. Throws where Microsoft's count, the ledger and the machine do not agree in the end. */
export async function runHandlerChain(chain: Chain, lane: Lane): Promise<ChainOutcome> {
  const world = await startWorld(chain, lane);
  const { gate } = world;
  try {
    let state: StoredState;
    const call = async (command: Call["command"], inputs: object): Promise<CallOutcome> => {
      const outcome = (await lane.steady.run({ command, inputs, state, env: world.env }))!;
      state = outcome.state;
      return outcome;
    };
    const mustSucceed = async (command: Call["command"], inputs: object) => {
      const { error } = await call(command, inputs);
      assert.equal(error, undefined, `${command} of ${nameOf(chain)}`);
    };
    const inputs = { ...world.inputs, ...(await prepare(chain, world, mustSucceed, () => state)) };
    await world.slowScripts();
    const killed = await killedUp(chain, lane, gate, { command: "up", inputs, state, env: world.env });
    const remembered = state !== undefined;
    for (const command of commandsAfter(chain)) {
      await mustSucceed(command, inputs);
    }
    await killed.orphan;
    await world.scriptsEnd();
    await checkAgreement(chain, { remembered, ...(await world.seen()) });
    if (chain.next !== "destroy") {
      await mustSucceed("up", inputs);
      await checkAgreement(chain, { remembered, ...(await world.seen()) });
    }
    return { killed: killed.killed, requests: killed.requests, files: killed.files };
  } finally {
    await world.close();
  }
}

const commandsAfter = ({ next }: Chain): Call["command"][] => {
  if (next === "destroy") {
    return ["destroy"];
  }
  return next === "refresh-up" || next === "up--refresh" ? ["refresh", "up"] : ["up"];
};

/** Brings the host to where the update begins; returns what the update changes. */
async function prepare(
  { situation }: Chain,
  { control, inputs }: World,
  mustSucceed: (command: Call["command"], inputs: object) => Promise<void>,
  state: () => StoredState,
): Promise<object> {
  if (situation === "first-activation") {
    return {};
  }
  await mustSucceed("up", situation === "offline" ? { ...inputs, activation: "offline" } : inputs);
  if (situation === "another-key") {
    const acknowledge = [{ code: "KMS6030", reason: "the test changes the key", until: consentEnd }];
    return { productKey: otherKey, keyGroup: otherGroup, acknowledge };
  }
  if (situation === "after-drift") {
    await control.installKeyByHand(machineName, clientSetupKey);
    await mustSucceed("refresh", inputs);
    return {};
  }
  const { installationId } = state()!.outs as unknown as { installationId: string };
  return { activation: "offline", confirmationId: await control.confirmInstallation(installationId) };
}

interface Killed {
  killed: boolean;
  requests: number;
  files: number;
  /** A provider that goes on without its engine. */
  orphan: Promise<unknown>;
}

async function killedUp(chain: Chain, { pool }: Lane, gate: Gate, call: Call): Promise<Killed> {
  const { moment, victim } = chain;
  const process = pool.take();
  const isDue = new Promise<"due">((resolve) => {
    gate.due = () => {
      if (victim !== "engine") {
        process.kill();
      }
      resolve("due");
    };
  });
  gate.armed = true;
  const killAtFile = moment.startsWith("file-") ? stepOf(moment) : undefined;
  const running = process.run({ ...call, ...(killAtFile !== undefined && { killAtFile }) });
  const first = await Promise.race([running, isDue]);
  gate.armed = false;
  const { requests } = gate;
  const orphan = running.then(() => process.kill());
  if (victim !== "engine") {
    await orphan;
  }
  const ended = first === "due" ? undefined : first;
  return {
    killed: ended === undefined || moment === "state",
    requests,
    files: ended?.files.length ?? 0,
    orphan,
  };
}

type World = Awaited<ReturnType<typeof startWorld>>;

/** A lab with one machine, the way to it and a ledger. */
async function startWorld(chain: Chain, lane: Lane) {
  const clock = movableClock(() => startOfTest);
  const arm = await startArm({ clock });
  const gate = new Gate(chain, () => clock.advance(requestMilliseconds));
  const closers: (() => Promise<unknown>)[] = [];
  const proxy = async (target: string): Promise<StepProxy> => {
    const started = await startStepProxy(
      target,
      () => gate.next(),
      () => gate.due(),
    );
    closers.push(() => started.close());
    return started;
  };
  const { control } = arm;
  const ledger = await startLedger(chain, lane, proxy);
  closers.push(ledger.close);
  const reached = chain.transport === "azure" ? await azureMachine(arm, proxy) : await sshMachine(arm, gate);
  closers.push(reached.close);
  if (chain.transport === "ssh" && chain.scripts !== "0s") {
    // Whoever waits for a script over SSH makes no requests that time could pass by.
    const ticking = setInterval(() => clock.advance(requestMilliseconds), tickMilliseconds);
    closers.push(async () => clearInterval(ticking));
  }
  return {
    control,
    gate,
    inputs: { ...hostInputs, ...reached.inputs, ledger: ledger.url },
    env: { ...reached.env, ...ledger.env },
    slowScripts: async () => {
      if (chain.scripts !== "0s") {
        const sideBySide = chain.scripts === "30s-beside";
        const match = "^(PUT .*/runCommands/|SSH )";
        await control.addFault({ match, scriptMilliseconds, times: 1000, ...(sideBySide && { sideBySide }) });
      }
    },
    /** What is still on the machine ends. */
    scriptsEnd: async () => {
      await control.clearFaults();
      for (let pauses = 0; chain.scripts !== "0s" && pauses < 4; pauses += 1) {
        clock.advance(scriptMilliseconds);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    seen: async () => ({
      machine: (await control.machines())[0],
      entryOf: async (key: string) => (await ledger.read(keyFingerprint(key)))?.document.hosts[0],
      usage: (ending: string) => control.activations(ending),
    }),
    close: async () => {
      clock.advance(scriptMilliseconds * 10);
      await Promise.all(closers.map((close) => close()));
      await arm.close();
    },
  };
}

type Arm = Awaited<ReturnType<typeof startArm>>;

async function azureMachine(arm: Arm, proxy: (target: string) => Promise<StepProxy>) {
  await createMachine(arm, machineName, await createNetwork(arm));
  const { endpoint } = await proxy(arm.endpoint);
  return {
    inputs: {},
    env: { PULUMI_WINDOWS_KMS_ARM_ENDPOINT: endpoint },
    close: async () => undefined,
  };
}

async function sshMachine({ control }: Arm, gate: Gate) {
  await control.bootOnPremises({
    name: machineName,
    osBuild: "20348.2322",
    editionId: "ServerDatacenter",
    productType: 3,
  });
  const server = await startSshMachine(control, machineName, {
    next: () => gate.next(),
    lost: () => gate.due(),
  });
  return { inputs: { azureVmId: undefined, ssh: server.address }, env: {}, close: server.close };
}

async function startLedger(
  { store }: Chain,
  { azurite }: Lane,
  proxy: (target: string) => Promise<StepProxy>,
): Promise<{
  url: string;
  env: Record<string, string>;
  read: ReturnType<typeof openLedger>["read"];
  close(): Promise<unknown>;
}> {
  if (store === "file") {
    const folder = await mkdtemp(path.join(tmpdir(), "kms-ledger-"));
    const url = pathToFileURL(folder).href;
    return {
      url,
      env: {},
      read: openLedger(url).read,
      close: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const { env, account, container } = azurite!;
  const prefix = randomBytes(6).toString("hex");
  const url = `azblob://${container}?storage_account=${account}&prefix=${prefix}`;
  const connection = env.AZURE_STORAGE_CONNECTION_STRING;
  const target = /BlobEndpoint=(http:\/\/[^/;]+)/.exec(connection)![1];
  const { endpoint } = await proxy(target);
  return {
    url,
    env: { AZURE_STORAGE_CONNECTION_STRING: connection.replace(target, endpoint) },
    read: openLedger(url, { env: { ...env } }).read,
    close: async () => undefined,
  };
}

/** The update of a chain that is not killed, to count its steps. */
export const wholeUpdate = (chain: Omit<Chain, "moment" | "next" | "victim">): Chain => ({
  ...chain,
  victim: "both",
  moment: "request-0",
  next: "up",
});
