import {
  type Condition,
  type GuardedOperation,
  type LicensingAnswer,
  limitEntries,
  type OperationResult,
  recordOperation,
  type Scalar,
} from "pulumi-windows-kms/bin/provider/testing";
import { callProduct, callService, type CimArguments, numberArgument, textArgument } from "./cim-methods";
import { type PlanRun, productOf, productProperty, serviceProperty } from "./cim-properties";
import { heardClients } from "./client-log";
import { allowPort, describeRule } from "./firewall";
import { hresults, LicensingFailure } from "./hresults";
import { ownTime } from "./kms-host-service";
import { recordOf, recordsOf, revoke, setRecord } from "./reservations";
import type { LicensingEvent, WindowsMachine } from "./windows-machine";

/** Obeys a plan as the licensing script does on a real machine, and gives the script's answer. */
export function runLicensingPlan(run: PlanRun): LicensingAnswer {
  return drained(licensingSteps(run));
}

/** Runs to the end without a pause. */
export function drained<Result>(steps: Generator<void, Result>): Result {
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
  return {
    version: 1,
    operations,
    machine: identity(machine, run.now),
    service: readAll(read.service, (name) => serviceProperty(run, name)),
    product:
      productOf(run) === undefined ? null : readAll(read.product, (name) => productProperty(run, name)),
    features: readAll(read.features, (name) => featureState(machine, name)),
    firewall: readAll(read.firewall, (name) => describeRule(machine.firewall, name)),
    ...(read.reservations && { reservations: recordsOf(machine) }),
    ...(read.registry?.length && { registry: readAll(read.registry, (name) => registryList(machine, name)) }),
    events: read.events ? newestEvents(logged) : {},
    ...(read.clients && { clients: heardClients(machine, read.clients, run.now) }),
  };
}

const cancelled: OperationResult = { id: recordOperation, result: "failed", hresult: hresults.cancelled };

function* operationSteps(run: PlanRun): Generator<void, OperationResult[]> {
  const refusal = run.plan.refusals?.find(
    ({ unless }) => !unless.every((condition) => holds(run, condition)),
  );
  if (refusal !== undefined) {
    return [{ id: refusal.id, result: "refused" }];
  }
  const { reservation } = run.plan;
  if (reservation !== undefined && recordOf(run.machine, reservation.id) === "revoked") {
    return [cancelled];
  }
  const results: OperationResult[] = [];
  for (const operation of run.plan.operations) {
    const result = yield* operationStep(run, operation, results);
    results.push(result);
    if (result.result === "failed") {
      break;
    }
  }
  return results;
}

function* operationStep(
  run: PlanRun,
  operation: GuardedOperation,
  before: OperationResult[],
): Generator<void, OperationResult> {
  const { machine, plan } = run;
  const { id } = operation;
  if (isSkipped(run, operation, before)) {
    return { id, result: "skipped" };
  }
  if (plan.reservation?.operation !== id) {
    return performed(run, operation);
  }
  const { id: reservation } = plan.reservation;
  if (recordOf(machine, reservation) === "revoked") {
    return cancelled;
  }
  setRecord(machine, reservation, "started");
  yield;
  const result = performed(run, operation);
  const { hresult } = result;
  setRecord(machine, reservation, hresult === undefined ? "done" : `failed ${hresult}`);
  yield;
  return result;
}

function performed(run: PlanRun, operation: GuardedOperation): OperationResult {
  const { id } = operation;
  try {
    perform(run, operation);
    return { id, result: "done" };
  } catch (error) {
    if (error instanceof LicensingFailure) {
      return { id, result: "failed", hresult: error.hresult };
    }
    throw error;
  }
}

function perform(run: PlanRun, operation: GuardedOperation): void {
  const { machine, world, now } = run;
  const { method } = operation;
  const args = argumentsOf(run, operation);
  switch (operation.on) {
    case "service":
      return callService(machine, method, args, now);
    case "product": {
      const product = productOf(run);
      if (product === undefined) {
        throw new LicensingFailure(hresults.productKeyNotInstalled);
      }
      return callProduct(machine, product, method, args, world, now);
    }
    case "feature":
      expectMethod(method, "Install");
      return installFeature(machine, textArgument(args, "Name"));
    case "firewall":
      expectMethod(method, "Allow");
      return allowPort(machine.firewall, textArgument(args, "Name"), {
        port: numberArgument(args, "Port", limitEntries.kmsPort),
        profiles: textArgument(args, "Profiles"),
      });
    case "registry":
      expectMethod(method, "SetStrings");
      return setRegistryList(machine, textArgument(args, "Name"), textArgument(args, "Strings"));
    case "dnsCache":
      expectMethod(method, "Clear");
      return world.network.clearDnsCache(machine.spec.id);
  }
}

function expectMethod(method: string, expected: string): void {
  if (method !== expected) {
    throw new LicensingFailure(hresults.invalidMethod);
  }
}

/** A secret that was not passed is empty, as a parameter of the script is. */
function argumentsOf(run: PlanRun, operation: GuardedOperation): CimArguments {
  const { secretArguments = {}, selectedArguments = {} } = operation;
  const passed = Object.entries(secretArguments).map(([name, secret]) => [name, run.secrets[secret] ?? ""]);
  const selected = Object.entries(selectedArguments).map(([name, selection]) => [
    name,
    selectedValue(run, selection),
  ]);
  return { ...operation.arguments, ...(Object.fromEntries([...passed, ...selected]) as CimArguments) };
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

/** Whether an operation is skipped, by what the machine is at this moment and what was done before. */
export function isSkipped(
  run: PlanRun,
  { unless = [], onlyAfter }: GuardedOperation,
  before: OperationResult[],
): boolean {
  if (onlyAfter !== undefined && !before.some(({ id, result }) => id === onlyAfter && result === "done")) {
    return true;
  }
  return unless.length > 0 && unless.every((condition) => holds(run, condition));
}

const keyEndingCharacters = 5;

function holds(run: PlanRun, { on, property, is, isNot, isEndOf }: Condition): boolean {
  const observed = comparable(observe(run, on, property));
  const isOneOf = (values: Condition["is"]) =>
    [values].flat().some((value) => comparable(value) === observed);
  if (isEndOf !== undefined) {
    return isOneOf(selectedValue(run, isEndOf).slice(-keyEndingCharacters));
  }
  return isNot === undefined ? isOneOf(is) : !isOneOf(isNot);
}

/** A missing property, null and "" are the same; text has no case. */
const comparable = (value: Scalar | null | undefined) => String(value ?? "").toLowerCase();

function observe(run: PlanRun, on: Condition["on"], property: string): Scalar | null {
  switch (on) {
    case "service":
      return serviceProperty(run, property);
    case "product":
      return productProperty(run, property);
    case "feature":
      return featureState(run.machine, property);
    case "firewall":
      return describeRule(run.machine.firewall, property);
    case "registry":
      return registryList(run.machine, property);
    case "machine":
      return machineFact(run.machine, property);
    case "selection":
      return selectedValue(run, property);
  }
}

const buildOf = ({ spec }: WindowsMachine) => spec.osBuild.split(".")[0];

/** As the script has it, any other name is that of the product type. */
function machineFact(machine: WindowsMachine, name: string): string {
  if (name === "build") {
    return buildOf(machine);
  }
  return name === "editionId" ? machine.spec.editionId : String(machine.spec.productType);
}

/** The value of the first row with the machine's build and edition; "" where none fits. */
function selectedValue({ machine, plan }: PlanRun, selection: string): string {
  const build = Number(buildOf(machine));
  const editionId = machine.spec.editionId.toLowerCase();
  const row = plan.selections?.[selection]?.find(
    ({ builds, editionIds }) =>
      builds.includes(build) && editionIds.some((other) => other.toLowerCase() === editionId),
  );
  return row?.value ?? "";
}

/** A list of strings as the script reads it; null for a missing one. */
const registryList = ({ registryLists }: WindowsMachine, name: string) =>
  registryLists.get(name)?.join(";") ?? null;

function setRegistryList({ registryLists }: WindowsMachine, name: string, strings: string): void {
  const list = strings.split(";").filter((text) => text !== "");
  if (list.length === 0) {
    registryLists.delete(name);
  } else {
    registryLists.set(name, list);
  }
}

/** Windows features that the lab's servers have, with the tools of volume activation. Source: learn.microsoft.com kms-create-host. */
const serverFeatures = new Set(["VolumeActivation"]);

/** State of a feature as the licensing script gives it. */
export function featureState(machine: WindowsMachine, name: string): string {
  if (!machine.spec.serverFeatures || !serverFeatures.has(name)) {
    return "unsupported";
  }
  return machine.installedFeatures.has(name) ? "Installed" : "Available";
}

/** Installs a feature. @throws LicensingFailure where there is no such feature */
export function installFeature(machine: WindowsMachine, name: string): void {
  if (featureState(machine, name) === "unsupported") {
    throw new LicensingFailure(hresults.invalidArgument);
  }
  machine.installedFeatures.add(name);
}
