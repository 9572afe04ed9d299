import { hresults } from "./hresults";
import type { KmsRequest } from "./kms-host-service";
import type { KmsAddress, LicensingEvent, WindowsMachine } from "./windows-machine";

/**
 * The Info texts of the client's events.
 * Source of the fields and flags: learn.microsoft.com/previous-versions ff793440, table 11.
 */
const noFlags = "0x00000000";
const flagNotEnoughCount = "0x04000000";

/** Event 12288: a request was sent to this KMS host, or why it could not be. */
export function requestEvent(
  request: KmsRequest,
  target: { host?: KmsAddress; hresult?: string; minutesLeft: number; activationId: string },
): LicensingEvent {
  const { host, hresult, minutesLeft, activationId } = target;
  const info = [
    hresult ?? "0x00000000",
    noFlags,
    host === undefined ? "" : `${host.name}:${host.port}`,
    request.clientMachineId,
    eventTime(request.time),
    1,
    request.licenseStatus,
    minutesLeft,
    activationId,
    request.requiredCount,
  ];
  return { id: 12288, info: info.join(", ") };
}

/** Event 12289: the KMS host's answer was processed. */
export function responseEvent(
  time: number,
  answer: { hresult?: string; count: number; activationMinutes: number; renewalMinutes: number },
): LicensingEvent {
  const info = [
    answer.hresult ?? "0x00000000",
    answer.hresult === hresults.notEnoughCount ? flagNotEnoughCount : noFlags,
    answer.hresult === undefined ? 1 : 0,
    0,
    answer.count,
    answer.activationMinutes,
    answer.renewalMinutes,
    eventTime(time),
  ];
  return { id: 12289, info: info.join(", ") };
}

/** Events kept per machine: what one run of the script needs, and a little to look at. */
const keptEvents = 20;

export function logEvent(machine: WindowsMachine, event: LicensingEvent): void {
  machine.events = [...machine.events, event].slice(-keptEvents);
}

const eventTime = (time: number) =>
  new Date(time).toISOString().slice(0, 16).replace("T", " ").replaceAll("-", "/");
