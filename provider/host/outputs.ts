import { keyEnding, keyFingerprint } from "../catalog/product-key";
import type { HostState } from "./observed";
import type { HostActivationMode, DesiredHost } from "./settings";
import type { HostActivationInputs, HostActivationOutputs } from "./state";

/** What happened to a host besides what can be seen of it. */
export interface HostHistory {
  activationTime: string;
  confirmed: boolean;
  drift: string[];
}

/** What the engine stores of a host after it was worked on. */
export function hostOutputs(
  inputs: HostActivationInputs,
  state: HostState,
  history: HostHistory,
): HostActivationOutputs {
  return {
    name: inputs.name,
    azureVmId: inputs.azureVmId,
    ...(inputs.ssh && { ssh: inputs.ssh }),
    os: inputs.os,
    ...(inputs.activationId !== undefined && { activationId: inputs.activationId }),
    keyGroup: inputs.keyGroup,
    keyFingerprint: keyFingerprint(inputs.productKey),
    keyEnding: keyEnding(inputs.productKey),
    keepMachine: inputs.keepMachine,
    ledger: inputs.ledger,
    stack: inputs.stack,
    activation: inputs.activation,
    port: inputs.port,
    activationIntervalMinutes: inputs.activationIntervalMinutes,
    renewalIntervalMinutes: inputs.renewalIntervalMinutes,
    lowPriority: inputs.lowPriority,
    dnsPublishing: inputs.dnsPublishing,
    installRole: inputs.installRole,
    firewallProfiles: inputs.firewallProfiles,
    ...observedOutputs(state, inputs.activation),
    ...history,
  };
}

/** What the engine stores of what was seen on a host. */
export function observedOutputs(state: HostState, activation: HostActivationMode) {
  const { machineId, computerName, domain, osBuild, editionId, partialProductKey, currentCount } = state;
  const offline = activation === "offline";
  const awaits = offline && state.licenseStatus !== "Licensed";
  return {
    machineId,
    computerName,
    domain,
    osBuild,
    editionId,
    partialProductKey,
    licenseStatus: awaits ? "AwaitingConfirmation" : state.licenseStatus,
    installationId: offline ? state.installationId : "",
    currentCount,
  };
}

/** What a stored host shall be. */
export function desiredByOutputs(outputs: HostActivationOutputs): DesiredHost {
  return {
    ...outputs,
    partialProductKey: outputs.keyEnding,
    confirmedInstallationId: outputs.confirmed ? outputs.installationId : undefined,
  };
}
