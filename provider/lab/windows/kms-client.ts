import { limitEntries, limits } from "pulumi-windows-kms/bin/provider/testing";
import { millisecondsPerDay, millisecondsPerMinute } from "./clock";
import { logEvent, requestEvent, responseEvent } from "./events";
import { hresults, LicensingFailure } from "./hresults";
import { kmsCandidates } from "./kms-discovery";
import {
  answerAsAzure,
  answerRequest,
  type KmsAnswer,
  type KmsRequest,
  listensOn,
  ownTime,
} from "./kms-host-service";
import { licenseState } from "./licensing-state";
import {
  discoveryOf,
  type InstalledProduct,
  installedProducts,
  type KmsAddress,
  requiredCount,
  type WindowsMachine,
} from "./windows-machine";
import type { World } from "./world";

/** How long an activation by KMS holds. */
const validityMilliseconds = limits.activationValidityDays * millisecondsPerDay;

/**
 * Asks a KMS host for activation, as Windows does by itself and on command.
 * @throws LicensingFailure when the machine was not activated
 */
export function requestActivation(
  machine: WindowsMachine,
  product: InstalledProduct,
  world: World,
  now: number,
): void {
  if (activatesByDirectory(machine, product)) {
    product.licensedUntil = now + validityMilliseconds;
    product.byDirectory = true;
    return setNextAttempt(
      machine,
      product,
      now + machine.clientIntervals.renewalMinutes * millisecondsPerMinute,
    );
  }
  try {
    activateWith(machine, product, world, now);
    product.byDirectory = undefined;
    setNextAttempt(machine, product, now + machine.clientIntervals.renewalMinutes * millisecondsPerMinute);
  } catch (error) {
    setNextAttempt(machine, product, now + machine.clientIntervals.activationMinutes * millisecondsPerMinute);
    throw error;
  }
}

/** Whether an activation object of the domain activates the license, which is one of Windows. */
const activatesByDirectory = ({ conditions }: WindowsMachine, { office, license }: InstalledProduct) =>
  conditions.activeDirectoryActivation && office === undefined && license.channel === "Volume:GVLK";

/** Ways of activation that ask a KMS host. */
const kmsActivationTypes = [0, 2];

function setNextAttempt(machine: WindowsMachine, product: InstalledProduct, time: number): void {
  (product.office ?? machine).nextAttempt = time;
}

function activateWith(machine: WindowsMachine, product: InstalledProduct, world: World, now: number): void {
  if (product.office === undefined && !kmsActivationTypes.includes(machine.conditions.activationTypes)) {
    throw new LicensingFailure(hresults.kmsUnavailable);
  }
  const state = licenseState(product, now);
  const { computerName, domain = "" } = machine.spec;
  const request: KmsRequest = {
    clientName: domain === "" ? computerName : `${computerName}.${domain}`,
    clientMachineId: machine.clientMachineId,
    system: machine.spec,
    requiredCount: requiredCount(machine, product),
    office: product.office?.version,
    licenseStatus: state.status,
    time: ownTime(machine, now),
  };
  const log = (host: KmsAddress | undefined, hresult?: string) => {
    const { minutesLeft } = state;
    const { activationId } = product.license;
    logEvent(machine, requestEvent(request, { host, hresult, minutesLeft, activationId }));
  };
  const reached = firstThatAnswers(machine, product, world, log);
  accept(machine, product, reached.address, reached.answer(request, now), now);
}

/** A KMS host that does not respond is passed over; one that responds is the only one asked. */
function firstThatAnswers(
  machine: WindowsMachine,
  product: InstalledProduct,
  world: World,
  log: (host: KmsAddress | undefined, hresult?: string) => void,
): { address: KmsAddress; answer: KmsService } {
  for (const address of candidates(machine, product, world, log)) {
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
  product: InstalledProduct,
  world: World,
  log: (host: undefined, hresult: string) => void,
): KmsAddress[] {
  try {
    return kmsCandidates(machine, product, world);
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
  return host !== undefined &&
    listensOn(host, port, network.shareSubnet(machine.spec.id, id)) &&
    network.allows(machine.spec.id, id, port)
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
  const enough = count >= requiredCount(machine, product);
  logEvent(machine, responseEvent(time, enough ? answer : { ...answer, hresult: hresults.notEnoughCount }));
  if (!enough) {
    throw new LicensingFailure(hresults.notEnoughCount);
  }
  product.licensedUntil = now + validityMilliseconds;
  if (discoveryOf(machine, product).machine === "") {
    product.cachedHost = host;
  }
}

/** A license that will be asked for without anybody's doing: of Windows, or of a product of Office. */
interface WaitingClient {
  machine: WindowsMachine;
  product: InstalledProduct;
  nextAttempt: number;
}

/** No machine asks twice within this time. */
const shortestInterval = limitEntries.activationIntervalMinutes.minimum! * millisecondsPerMinute;

/**
 * Lets Windows do by itself what fell due until now: every running KMS client renews or tries again, in the order of
 * time. Machines that are due within the shortest interval come before any of them is due again.
 */
export function attemptDueActivations(
  machines: ReadonlyMap<string, WindowsMachine>,
  world: World,
  now: number,
): void {
  for (let due = dueClients(machines, now); due.length > 0; due = dueClients(machines, now)) {
    const end = due[0].nextAttempt + shortestInterval;
    due.filter(({ nextAttempt }) => nextAttempt < end).forEach((client) => attempt(client, world));
  }
}

/** Asked at each request of the lab, of thousands of machines that mostly have nothing to do. */
function dueClients(machines: ReadonlyMap<string, WindowsMachine>, now: number): WaitingClient[] {
  const due: WaitingClient[] = [];
  for (const machine of machines.values()) {
    if (machine.running && mayBeDue(machine, now)) {
      due.push(...clientsOf(machine).filter(({ nextAttempt }) => nextAttempt <= now));
    }
  }
  return due.sort((left, right) => left.nextAttempt - right.nextAttempt);
}

const mayBeDue = ({ nextAttempt = Infinity, office }: WindowsMachine, now: number) =>
  nextAttempt <= now || office.products.length > 0;

const clientsOf = (machine: WindowsMachine): WaitingClient[] =>
  installedProducts(machine).map((product) => {
    const { nextAttempt = Infinity } = product.office ?? machine;
    return { machine, product, nextAttempt };
  });

/** A refusal is no error here: the machine's events tell of it, and it tries again later. */
function attempt({ machine, product, nextAttempt }: WaitingClient, world: World): void {
  try {
    requestActivation(machine, product, world, nextAttempt);
    product.unrefreshed = undefined;
  } catch (error) {
    if (!(error instanceof LicensingFailure)) {
      throw error;
    }
  }
}
