import {
  type Condition,
  type ConditionTarget,
  type GuardedOperation,
  type LicensingAnswer,
  limitEntries,
  type OperationResult,
  recordOperation,
  type Scalar,
  type UnreadableState,
} from "pulumi-windows-kms/bin/provider/testing";
import type { CimArguments } from "./cim-declarations";
import { callProduct, callService, numberArgument, textArgument } from "./cim-methods";
import { type PlanRun, productOf, productProperty, serviceProperty } from "./cim-properties";
import { allowPort, describeRule } from "./firewall";
import { hresults, LicensingFailure } from "./hresults";
import { ownTime, startService } from "./kms-host-service";
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
    service: whole("service", {}, () => readAll(read.service, (name) => serviceProperty(run, name))),
    product: whole("product", null, () =>
      productOf(run) === undefined ? null : readAll(read.product, (name) => productProperty(run, name)),
    ),
    features: each("feature", read.features, "unknown"),
    firewall: each("firewall", read.firewall, "unknown"),
    events: read.events ? whole("events", {}, () => newestEvents(logged)) : {},
    ...(read.registry?.length && { registry: each("registry", read.registry, null) }),
    ...(read.windowsService?.length && {
      windowsService: each<string | null>("windowsService", read.windowsService, null),
    }),
    ...(read.firewallPolicy && {
      firewallPolicy: whole("firewallPolicy", null, () => ignoredProfiles(machine)),
    }),
    ...(read.reservations && { reservations: whole("reservations", {}, () => recordsOf(machine)) }),
  };
  return unreadable.length === 0 ? answer : { ...answer, unreadable };
}

const ignoredProfiles = ({ conditions }: WindowsMachine) =>
  [...conditions.ignoredFirewallProfiles].sort().join(",");

/** What a command that may not look says: the same of each here, while Windows has a text for each command. */
const accessDenied = () =>
  new LicensingFailure(hresults.accessDenied, "UnauthorizedAccess,Lab: Access is denied.");

/** A read of the answer; where it fails, that is told, and the rest of the answer stays. */
function readOr<T>(
  { conditions }: WindowsMachine,
  target: UnreadableState["target"],
  name: string,
  unreadable: UnreadableState[],
  otherwise: T,
  look: () => T,
): T {
  if (!conditions.unreadable.includes(target)) {
    return look();
  }
  const { hresult, detail = "" } = accessDenied();
  unreadable.push({ target, name, hresult, detail });
  return otherwise;
}

function* operationSteps(run: PlanRun): Generator<void, OperationResult[]> {
  const refusal = refusalOf(run);
  if (refusal !== undefined) {
    return [refusal];
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

/** What an action gives; the result of a failed operation where it fails. */
function attempted<T>(id: string, action: () => T): T | OperationResult {
  try {
    return action();
  } catch (error) {
    if (error instanceof LicensingFailure) {
      const { hresult, detail } = error;
      return { id, result: "failed", hresult, ...(detail !== undefined && { detail }) };
    }
    throw error;
  }
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
  if (plan.reservation?.operation !== id) {
    return performed(run, operation);
  }
  const { id: reservation } = plan.reservation;
  if (recordOf(machine, reservation) === "revoked") {
    return { id: recordOperation, result: "failed", hresult: hresults.cancelled };
  }
  setRecord(machine, reservation, "started");
  yield;
  const result = performed(run, operation);
  const { hresult } = result;
  setRecord(machine, reservation, hresult === undefined ? "done" : `failed ${hresult}`);
  yield;
  return result;
}

/** A mark of an operation that nothing came of is taken back. */
function performed(run: PlanRun, operation: GuardedOperation): OperationResult {
  const { machine } = run;
  const { id, needsRestart = "" } = operation;
  const marks = needsRestart !== "" && machine.restartPending !== needsRestart;
  if (marks) {
    machine.restartPending = needsRestart;
  }
  const failure = attempted(id, () => perform(run, operation));
  if (failure !== undefined && marks) {
    machine.restartPending = "";
  }
  return failure ?? { id, result: "done" };
}

/** What Windows says of a feature whose files are nowhere to be had. */
const noFeatureSource =
  "DISMAPI_Error__Cbs_Download_Failure,Microsoft.Windows.ServerManager.Commands.AddWindowsFeatureCommand: " +
  "The source files could not be found.";

function refuse(on: string): never {
  throw on === "feature"
    ? new LicensingFailure(hresults.featureSourceMissing, noFeatureSource)
    : accessDenied();
}

function perform(run: PlanRun, operation: GuardedOperation): void {
  const { machine, world, now } = run;
  const { method } = operation;
  const args = argumentsOf(run, operation);
  if (machine.conditions.refuses.includes(`${operation.on} ${method}`)) {
    refuse(operation.on);
  }
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
      return openPort(machine, args);
    case "registry":
      expectMethod(method, "SetStrings");
      return setRegistryList(machine, textArgument(args, "Name"), textArgument(args, "Strings"));
    case "windowsService":
      expectMethod(method, "Restart");
      textArgument(args, "Name");
      machine.restarts += 1;
      startService(machine, now);
      machine.restartPending = "";
  }
}

function openPort({ firewall }: WindowsMachine, args: CimArguments): void {
  const unknown = allowPort(firewall, textArgument(args, "Name"), {
    port: numberArgument(args, "Port", limitEntries.kmsPort),
    profiles: textArgument(args, "Profiles"),
  });
  if (unknown !== undefined) {
    throw new LicensingFailure(hresults.invalidArgument);
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
  { unless = [], orUnless = [], onlyAfter = [] }: GuardedOperation,
  before: OperationResult[],
): boolean {
  const needed = [onlyAfter].flat();
  if (needed.length > 0 && !before.some(({ id, result }) => needed.includes(id) && result === "done")) {
    return true;
  }
  return [unless, orUnless].some(
    (conditions) => conditions.length > 0 && conditions.every((condition) => holds(run, condition)),
  );
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

/** @throws LicensingFailure where this machine's state cannot be read */
function observe(run: PlanRun, on: ConditionTarget, property: string): Scalar | null {
  if (run.machine.conditions.unreadable.includes(on)) {
    throw accessDenied();
  }
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
    case "windowsService":
      return run.machine.restartPending === property ? "outdated" : "current";
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
