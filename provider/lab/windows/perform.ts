import {
  type GuardedOperation,
  limitEntries,
  type OperationResult,
} from "pulumi-windows-kms/bin/provider/testing";
import { type CimArguments, declaredArguments } from "./cim-declarations";
import { callProduct, callService, numberArgument, textArgument } from "./cim-methods";
import { type PlanRun, productOf } from "./cim-properties";
import { allowPort } from "./firewall";
import { hresults, LicensingFailure } from "./hresults";
import { startService } from "./kms-host-service";
import { productKeyOf } from "./key-pairs";
import { accessDenied, featureState, requireReadable, selectedValue } from "./observe";
import type { WindowsMachine } from "./windows-machine";

/*
 * What the operations of a licensing plan change on the machine.
 */

/** What an action gives; the result of a failed operation where it fails. */
export function attempted<T>(id: string, action: () => T): T | OperationResult {
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

/**
 * A mark of an operation that nothing came of is taken back.
 * @param denied what `readFailure` gave
 */
export function performed(
  run: PlanRun,
  operation: GuardedOperation,
  denied: OperationResult | undefined,
): OperationResult {
  const { machine } = run;
  const { id, needsRestart = "" } = operation;
  const marks = needsRestart !== "" && machine.restartPending !== needsRestart;
  if (marks) {
    machine.restartPending = needsRestart;
  }
  const failure = denied ?? attempted(id, () => perform(run, operation));
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

/** The failure of an operation whose target cannot be read. The script reads that before it begins. */
export const readFailure = (
  { machine }: PlanRun,
  { id, on, method, arguments: args }: GuardedOperation,
): OperationResult | undefined =>
  attempted(id, () => {
    const isRead = {
      service: true,
      product: true,
      feature: method === "Install",
      firewall: method === "Allow",
      registry: method === "SetStrings" && args?.Strings === "",
      windowsService: false,
      dnsCache: false,
    }[on];
    if (isRead) {
      requireReadable(machine, on);
    }
  }) ?? undefined;

const cimClassOf = { service: "SoftwareLicensingService", product: "SoftwareLicensingProduct" } as const;

/** What is refused before Windows looks at the operation itself. */
function check(run: PlanRun, { on, method }: GuardedOperation, args: CimArguments): void {
  if (on === "product" && productOf(run) === undefined) {
    throw new LicensingFailure(hresults.productKeyNotInstalled);
  }
  switch (on) {
    case "product":
    case "service":
      return void declaredArguments(cimClassOf[on], method, args);
    case "feature":
      return expectMethod(method, "Install");
    case "firewall":
      return expectMethod(method, "Allow");
    case "registry":
      return expectMethod(method, "SetStrings");
    case "windowsService":
      return expectMethod(method, "Restart");
    case "dnsCache":
      return expectMethod(method, "Clear");
  }
}

function perform(run: PlanRun, operation: GuardedOperation): void {
  const { machine, world, now } = run;
  const { method } = operation;
  const args = argumentsOf(run, operation);
  check(run, operation, args);
  if (machine.conditions.refuses.includes(`${operation.on} ${method}`)) {
    refuse(operation.on);
  }
  switch (operation.on) {
    case "service":
      return callService(machine, method, args, now);
    case "product":
      return callProduct(machine, productOf(run)!, method, args, world, now);
    case "feature":
      return installFeature(machine, textArgument(args, "Name"));
    case "firewall":
      return openPort(machine, args);
    case "registry":
      return setRegistryList(machine, textArgument(args, "Name"), textArgument(args, "Strings"));
    case "dnsCache":
      return world.network.clearDnsCache(machine.spec.id);
    case "windowsService":
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
  const passed = Object.entries(secretArguments).map(([name, secret]) => [
    name,
    secret === "productKey" ? productKeyOf(run) : (run.secrets[secret] ?? ""),
  ]);
  const selected = Object.entries(selectedArguments).map(([name, selection]) => [
    name,
    selectedValue(run, selection),
  ]);
  return { ...operation.arguments, ...(Object.fromEntries([...passed, ...selected]) as CimArguments) };
}

function setRegistryList({ registryLists }: WindowsMachine, name: string, strings: string): void {
  const list = strings.split(";").filter((text) => text !== "");
  if (list.length === 0) {
    registryLists.delete(name);
  } else {
    registryLists.set(name, list);
  }
}

/** Installs a feature. @throws LicensingFailure where there is no such feature */
export function installFeature(machine: WindowsMachine, name: string): void {
  if (featureState(machine, name) === "unsupported") {
    throw new LicensingFailure(hresults.invalidArgument);
  }
  machine.installedFeatures.add(name);
}
