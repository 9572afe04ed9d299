import { limits } from "../../catalog/limits";
import { millisecondsPerDay, millisecondsPerMinute } from "./clock";
import { logEvent, requestEvent, responseEvent } from "./events";
import { hresults, LicensingFailure } from "./hresults";
import { kmsCandidates } from "./kms-discovery";
import { answerAsAzure } from "./azure-kms";
import { answerRequest, type KmsAnswer, type KmsRequest, listensOn, ownTime } from "./kms-host-service";
import { licenseState } from "./license-state";
import {
  type InstalledProduct,
  type KmsAddress,
  requiredCount,
  type WindowsMachine,
} from "./windows-machine";
import type { World } from "./world";

/** How long an activation by KMS holds. */
const validityMilliseconds = limits.activationValidityDays * millisecondsPerDay;

/**
 * Asks a KMS host for activation, as Windows does by itself and when told to.
 * @throws LicensingFailure when the machine was not activated
 */
export function requestActivation(
  machine: WindowsMachine,
  product: InstalledProduct,
  world: World,
  now: number,
): void {
  try {
    activateWith(machine, product, world, now);
    machine.nextAttempt = now + machine.clientIntervals.renewalMinutes * millisecondsPerMinute;
  } catch (error) {
    machine.nextAttempt = now + machine.clientIntervals.activationMinutes * millisecondsPerMinute;
    throw error;
  }
}

function activateWith(machine: WindowsMachine, product: InstalledProduct, world: World, now: number): void {
  const state = licenseState(product, now);
  const request: KmsRequest = {
    clientMachineId: machine.clientMachineId,
    system: machine.spec,
    requiredCount: requiredCount(machine),
    licenseStatus: state.status,
    time: ownTime(machine, now),
  };
  const log = (host: KmsAddress | undefined, hresult?: string) => {
    const { minutesLeft } = state;
    const { activationId } = product.license;
    logEvent(machine, requestEvent(request, { host, hresult, minutesLeft, activationId }));
  };
  const reached = firstThatAnswers(machine, world, log);
  accept(machine, product, reached.address, reached.answer(request, now), now);
}

/** A KMS host that does not respond is passed over; one that responds is the only one asked. */
function firstThatAnswers(
  machine: WindowsMachine,
  world: World,
  log: (host: KmsAddress | undefined, hresult?: string) => void,
): { address: KmsAddress; answer: KmsService } {
  for (const address of candidates(machine, world, log)) {
    const answer = connect(machine, address, world);
    if (answer !== undefined) {
      log(address);
      return { address, answer };
    }
    log(address, hresults.rpcServerUnavailable);
  }
  throw new LicensingFailure(hresults.kmsUnavailable);
}

function candidates(
  machine: WindowsMachine,
  world: World,
  log: (host: undefined, hresult: string) => void,
): KmsAddress[] {
  try {
    return kmsCandidates(machine, world);
  } catch (error) {
    if (error instanceof LicensingFailure) {
      log(undefined, error.hresult);
    }
    throw error;
  }
}

/** What answers behind a connection. */
type KmsService = (request: KmsRequest, now: number) => KmsAnswer;

function connect(
  machine: WindowsMachine,
  { name, port }: KmsAddress,
  { network, machine: find }: World,
): KmsService | undefined {
  const id = network.resolve(machine.spec.id, name);
  if (id === undefined) {
    return network.reachesAzureKms(machine.spec.id, name, port) ? answerAsAzure : undefined;
  }
  const host = find(id);
  return host !== undefined && listensOn(host, port) && network.allows(machine.spec.id, id, port)
    ? (request, now) => answerRequest(host, request, now)
    : undefined;
}

function accept(
  machine: WindowsMachine,
  product: InstalledProduct,
  host: KmsAddress,
  answer: KmsAnswer,
  now: number,
): void {
  const time = ownTime(machine, now);
  if ("refused" in answer) {
    const { activationMinutes, renewalMinutes } = machine.clientIntervals;
    logEvent(
      machine,
      responseEvent(time, { hresult: answer.refused, count: 0, activationMinutes, renewalMinutes }),
    );
    throw new LicensingFailure(answer.refused);
  }
  const { count, activationMinutes, renewalMinutes } = answer;
  machine.clientIntervals = { activationMinutes, renewalMinutes };
  const enough = count >= requiredCount(machine);
  logEvent(machine, responseEvent(time, enough ? answer : { ...answer, hresult: hresults.notEnoughCount }));
  if (!enough) {
    throw new LicensingFailure(hresults.notEnoughCount);
  }
  product.licensedUntil = now + validityMilliseconds;
  if (machine.discovery.machine === "") {
    product.cachedHost = host;
  }
}
