import {
  type GuardedOperation,
  limitEntries,
  type OperationResult,
} from "pulumi-windows-kms/bin/provider/testing";
import { callProduct, callService, type CimArguments, numberArgument, textArgument } from "./cim-methods";
import { type PlanRun, productOf } from "./cim-properties";
import { allowPort } from "./firewall";
import { hresults, LicensingFailure } from "./hresults";
import { startService } from "./kms-host-service";
import { accessDenied, featureState, selectedValue } from "./observe";
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

/** A mark of an operation that nothing came of is taken back. */
export function performed(run: PlanRun, operation: GuardedOperation): OperationResult {
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
    case "dnsCache":
      expectMethod(method, "Clear");
      return world.network.clearDnsCache(machine.spec.id);
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
