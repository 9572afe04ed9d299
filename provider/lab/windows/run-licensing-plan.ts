import {
  type ConditionTarget,
  type GuardedOperation,
  type LicensingAnswer,
  type OperationResult,
  recordOperation,
  type UnreadableState,
} from "pulumi-windows-kms/bin/provider/testing";
import { type PlanRun, productOf, productProperty, serviceProperty } from "./cim-properties";
import { heardClients } from "./client-log";
import { hresults, LicensingFailure } from "./hresults";
import { publicKeyOf } from "./key-pairs";
import { ownTime } from "./kms-host-service";
import { holds, isSkipped, observe, requireReadable } from "./observe";
import { attempted, performed, readFailure } from "./perform";
import { recordOf, recordsOf, revoke, setRecord } from "./reservations";
import type { LicensingEvent, WindowsMachine } from "./windows-machine";

/** Obeys a plan as the licensing script does on a real machine, and gives the script's answer. */
export function runLicensingPlan(run: PlanRun): LicensingAnswer {
  return drained(licensingSteps(run));
}

/** Runs to the end without a pause. */
function drained<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      return value;
    }
  }
}

/** The same in steps: it may be held up, or end for good, before and after an activation that is reserved. */
export function* licensingSteps(run: PlanRun): Generator<void, LicensingAnswer> {
  const { machine, plan } = run;
  const { read } = plan;
  const loggedBefore = new Set(machine.events);
  revoke(machine, plan);
  const operations = yield* operationSteps(run);
  const logged = machine.events.filter((event) => !loggedBefore.has(event));
  const unreadable: UnreadableState[] = [];
  const whole = <T>(target: UnreadableState["target"], otherwise: T, look: () => T): T =>
    readOr(machine, target, "", unreadable, otherwise, look);
  const each = <T>(target: ConditionTarget & UnreadableState["target"], names: string[], otherwise: T) =>
    readAll(names, (name) =>
      readOr(machine, target, name, unreadable, otherwise, () => observe(run, target, name) as T),
    );
  const answer: LicensingAnswer = {
    version: 1,
    operations,
    machine: identity(machine, run.now),
    service:
      read.service.length === 0
        ? {}
        : whole("service", {}, () => readAll(read.service, (name) => serviceProperty(run, name))),
    product: whole("product", null, () =>
      productOf(run) === undefined ? null : readAll(read.product, (name) => productProperty(run, name)),
    ),
    features: each("feature", read.features, "unknown"),
    firewall: each("firewall", read.firewall, "unknown"),
    events: read.events ? eventsOf(machine, logged, unreadable) : {},
    ...(read.registry?.length && { registry: each("registry", read.registry, null) }),
    ...(read.windowsService?.length && {
      windowsService: each<string | null>("windowsService", read.windowsService, null),
    }),
    ...(read.firewallPolicy && {
      firewallPolicy: whole("firewallPolicy", null, () => ignoredProfiles(machine)),
    }),
    ...(plan.keyPair && withPublicKey(whole("keyPair", undefined, () => publicKeyOf(run)))),
    ...(read.reservations && { reservations: whole("reservations", {}, () => recordsOf(machine)) }),
    ...(read.clients && {
      clients: whole("clients", undefined, () => heardClients(machine, read.clients!, run.now)),
    }),
  };
  return unreadable.length === 0 ? answer : { ...answer, unreadable };
}

const withPublicKey = (publicKey: LicensingAnswer["publicKey"]) =>
  publicKey === undefined ? {} : { publicKey };

/** Each of the two events is looked for on its own. */
function eventsOf(
  machine: WindowsMachine,
  logged: LicensingEvent[],
  unreadable: UnreadableState[],
): LicensingAnswer["events"] {
  const newest = newestEvents(logged);
  const read = (name: keyof LicensingAnswer["events"]) =>
    readOr(machine, "events", name, unreadable, undefined, () => newest[name]);
  const [request, response] = [read("request"), read("response")];
  return { ...(request !== undefined && { request }), ...(response !== undefined && { response }) };
}

const ignoredProfiles = ({ conditions }: WindowsMachine) =>
  [...conditions.ignoredFirewallProfiles].sort().join(",");

/** A read of the answer; where it fails, that is told, and the rest of the answer stays. */
function readOr<T>(
  machine: WindowsMachine,
  target: UnreadableState["target"],
  name: string,
  unreadable: UnreadableState[],
  otherwise: T,
  look: () => T,
): T {
  try {
    requireReadable(machine, target);
    return look();
  } catch (error) {
    if (!(error instanceof LicensingFailure)) {
      throw error;
    }
    const { hresult, detail = "" } = error;
    unreadable.push({ target, name, hresult, detail });
    return otherwise;
  }
}

const cancelled: OperationResult = { id: recordOperation, result: "failed", hresult: hresults.cancelled };

function* operationSteps(run: PlanRun): Generator<void, OperationResult[]> {
  const refusal = refusalOf(run);
  if (refusal !== undefined) {
    return [refusal];
  }
  const { reservation } = run.plan;
  if (reservation !== undefined && recordOf(run.machine, reservation.id) === "revoked") {
    return [cancelled];
  }
  const results: OperationResult[] = [];
  for (const operation of run.plan.operations) {
    const result = yield* operationStep(run, operation, results);
    const goesOn = result.result === "failed" && operation.mayFail === true && result.id === operation.id;
    results.push(goesOn ? { ...result, continued: true } : result);
    if (result.result === "failed" && !goesOn) {
      break;
    }
  }
  return results;
}

/** The first refusal that holds, or that cannot be judged. */
function refusalOf(run: PlanRun): OperationResult | undefined {
  for (const { id, unless } of run.plan.refusals ?? []) {
    const result = attempted(id, () => unless.every((condition) => holds(run, condition)));
    if (result !== true) {
      return result === false ? { id, result: "refused" } : result;
    }
  }
  return undefined;
}

function* operationStep(
  run: PlanRun,
  operation: GuardedOperation,
  before: OperationResult[],
): Generator<void, OperationResult> {
  const { machine, plan } = run;
  const { id } = operation;
  const skipped = attempted(id, () => isSkipped(run, operation, before));
  if (skipped !== false) {
    return skipped === true ? { id, result: "skipped" } : skipped;
  }
  const denied = readFailure(run, operation);
  if (plan.reservation?.operation !== id) {
    return performed(run, operation, denied);
  }
  const { id: reservation } = plan.reservation;
  if (recordOf(machine, reservation) === "revoked") {
    return cancelled;
  }
  setRecord(machine, reservation, "started");
  yield;
  const result = performed(run, operation, denied);
  const { hresult } = result;
  setRecord(machine, reservation, hresult === undefined ? "done" : `failed ${hresult}`);
  yield;
  return result;
}

function identity(machine: WindowsMachine, now: number): LicensingAnswer["machine"] {
  const { computerName, domain = "", osBuild, editionId, productType } = machine.spec;
  const utc = new Date(ownTime(machine, now)).toISOString();
  return { name: computerName, domain, uuid: machine.uuid, osBuild, editionId, productType, utc };
}

function newestEvents(logged: LicensingEvent[]): LicensingAnswer["events"] {
  const infos = (id: LicensingEvent["id"]) =>
    logged.filter((event) => event.id === id).map(({ info }) => info);
  const request = infos(12288).at(-1);
  const response = infos(12289).at(-1);
  return { ...(request === undefined ? {} : { request }), ...(response === undefined ? {} : { response }) };
}

const readAll = <T>(names: string[], read: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, read(name)]));
