import { hresults, LicensingFailure } from "./hresults";
import type { WindowsMachine } from "./windows-machine";

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
