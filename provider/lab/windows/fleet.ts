import type {
  LicensingAnswer,
  LicensingPlan,
  LicensingSecrets,
} from "pulumi-windows-kms/bin/provider/testing";
import { LabError } from "../lab-error";
import {
  type ActivationService,
  activationService,
  confirmationIdFor,
  installationIdOf,
} from "./activation-service";
import type { LabClock } from "./clock";
import type { MachineConditions } from "./conditions";
import { LicensingFailure } from "./hresults";
import { bootMachine, installProductKey } from "./installation";
import { attemptDueActivations, requestActivation } from "./kms-client";
import { startService } from "./kms-host-service";
import { type MachineSnapshot, snapshotOf } from "./licensing-state";
import { installLicensePack, installOffice } from "./office";
import { licensingSteps, runLicensingPlan } from "./run-licensing-plan";
import { installedProducts, type MachineSpec, type WindowsMachine } from "./windows-machine";
import type { LabNetwork, World } from "./world";

export interface FleetOptions {
  network: LabNetwork;
  clock: LabClock;
  /** At least 0 and less than 1. @default Math.random */
  random?: () => number;
}

/** All simulated Windows machines of a lab. Machines are named by their lower-case ID. */
export interface Fleet {
  /** A new machine starts from its image. @throws LabError KMS7302 when there is one with this ID, KMS7304 */
  boot(spec: MachineSpec): void;
  stop(id: string): void;
  /** A stopped machine runs again; a KMS host has forgotten whom it counted. */
  start(id: string): void;
  remove(id: string): void;
  has(id: string): boolean;
  isRunning(id: string): boolean;
  /** What the licensing script prints on this machine. @throws LabError KMS7301, KMS7303 */
  runLicensingPlan(id: string, plan: LicensingPlan, secrets: LicensingSecrets): LicensingAnswer;
  /**
   * The same in steps, for a script that takes its time. Undefined while another script is at work, unless it is to work
   * beside that. The script ends with the steps.
   */
  startLicensingPlan(
    id: string,
    plan: LicensingPlan,
    secrets: LicensingSecrets,
    sideBySide: boolean,
  ): Generator<void, LicensingAnswer> | undefined;
  /** What the machine is besides healthy. @throws LabError KMS7301 */
  conditions(id: string): MachineConditions;
  /** Whether a script is at work on the machine. */
  isBusy(id: string): boolean;
  /** The machine as it is now. @throws LabError KMS7301 */
  snapshot(id: string): MachineSnapshot;
  snapshots(): MachineSnapshot[];
  /** What an administrator types on the machine. @throws LabError KMS7301, KMS7304 */
  installKeyByHand(id: string, productKey: string): void;
  /** Changes what a machine is besides healthy; what is not named stays. @throws LabError KMS7301 */
  setConditions(id: string, conditions: Partial<MachineConditions>): void;
  /** Installs a volume edition of Office, without a key. @throws LabError KMS7301 */
  installOffice(id: string, version: string, edition: string): void;
  /** Installs the Volume License Pack of an Office version. @throws LabError KMS7301 */
  installLicensePack(id: string, version: string): void;
  /**
   * What Microsoft's telephone line answers for a machine's installation ID; spends an activation.
   * @throws LabError KMS7301, KMS7305 when no machine has this ID, or the key has no activation left
   */
  confirmInstallation(installationId: string): string;
  readonly activationService: ActivationService;
}

/** A fleet without machines, and an activation service on which no key has been used. */
export function createFleet(options: FleetOptions): Fleet {
  const { network, clock, random = Math.random } = options;
  const machines = new Map<string, WindowsMachine>();
  const world: World = {
    network,
    random,
    activationService: activationService(),
    machine: (id) => machines.get(id),
  };
  const now = () => {
    const time = clock.now();
    attemptDueActivations(machines, world, time);
    return time;
  };
  const find = (id: string) => {
    const machine = machines.get(id);
    if (machine === undefined) {
      throw new LabError("KMS7301", { values: { machine: id } });
    }
    return machine;
  };
  const findRunning = (id: string) => {
    const machine = find(id);
    if (!machine.running) {
      throw new LabError("KMS7303", { values: { machine: id } });
    }
    return machine;
  };
  return {
    boot(spec) {
      if (machines.has(spec.id)) {
        throw new LabError("KMS7302", { values: { machine: spec.id } });
      }
      const time = now();
      machines.set(
        spec.id,
        explainRefusal(spec.id, () => bootMachine(spec, world, time)),
      );
    },
    stop(id) {
      now();
      const machine = find(id);
      machine.running = false;
      machine.scriptRunning = false;
    },
    start(id) {
      const machine = find(id);
      const time = now();
      if (!machine.running) {
        machine.running = true;
        startService(machine, time);
        machine.nextAttempt =
          machine.nextAttempt === undefined ? undefined : Math.max(machine.nextAttempt, time);
      }
    },
    remove(id) {
      now();
      machines.delete(id);
    },
    has: (id) => machines.has(id),
    isRunning: (id) => machines.get(id)?.running ?? false,
    runLicensingPlan: (id, plan, secrets) =>
      runLicensingPlan({ machine: findRunning(id), plan, secrets, world, now: now() }),
    startLicensingPlan(id, plan, secrets, sideBySide) {
      const machine = findRunning(id);
      const beside = sideBySide || !waitsForTurn(plan);
      if (machine.scriptRunning && !beside) {
        return undefined;
      }
      const steps = licensingSteps({ machine, plan, secrets, world, now: now() });
      if (beside) {
        return steps;
      }
      machine.scriptRunning = true;
      return untilEnd(steps, () => (machine.scriptRunning = false));
    },
    conditions: (id) => find(id).conditions,
    isBusy: (id) => machines.get(id)?.scriptRunning ?? false,
    snapshot: (id) => snapshotOf(find(id), now()),
    snapshots() {
      const time = now();
      return [...machines.values()].map((machine) => snapshotOf(machine, time));
    },
    installKeyByHand(id, productKey) {
      const machine = find(id);
      const time = now();
      explainRefusal(id, () => installProductKey(machine, productKey, time));
    },
    setConditions(id, conditions) {
      const machine = find(id);
      const time = now();
      machine.conditions = { ...machine.conditions, ...conditions };
      const { product } = machine;
      if (conditions.activeDirectoryActivation === true && product?.license.channel === "Volume:GVLK") {
        requestActivation(machine, product, world, time);
      }
    },
    installOffice: (id, version, edition) => installOffice(find(id), version, edition),
    installLicensePack: (id, version) => installLicensePack(find(id), version),
    confirmInstallation(installationId) {
      const found = [...machines.values()]
        .flatMap((machine) => installedProducts(machine).map((product) => ({ machine, product })))
        .find(({ machine, product }) => installationIdOf(machine, product) === installationId);
      if (found === undefined) {
        throw new LabError("KMS7305", { values: { given: installationId } });
      }
      const { machine, product } = found;
      const { partialProductKey } = product;
      explainRefusal(machine.spec.id, () =>
        world.activationService.activate(partialProductKey, machine.uuid),
      );
      return confirmationIdFor(installationId);
    },
    activationService: world.activationService,
  };
}

/** Whether the licensing script does this plan only while no other script is at work on the machine. */
const waitsForTurn = ({ operations, revoke = [], read }: LicensingPlan) =>
  operations.length > 0 || revoke.length > 0 || read.clients === undefined;

/** Its first step is taken at once: a generator that was not begun could not tell that it ends. */
function untilEnd<Result>(steps: Generator<void, Result>, end: () => void): Generator<void, Result> {
  const ending = (function* () {
    try {
      yield;
      return yield* steps;
    } finally {
      end();
    }
  })();
  ending.next();
  return ending;
}

function explainRefusal<T>(machine: string, installKey: () => T): T {
  try {
    return installKey();
  } catch (error) {
    if (error instanceof LicensingFailure) {
      throw new LabError("KMS7304", { values: { machine, hresult: error.hresult }, cause: error });
    }
    throw error;
  }
}
