import { officeEditions, officeGroup, officeVersions } from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import type { ArmState } from "../arm/arm-state";
import { rolesIn } from "../arm/authorization";
import { changedConditions, usualConditions } from "../arm/conditions";
import type { JsonObject } from "../arm/json";
import type { RequestCounts } from "../arm/request-log";
import { scaleSetType } from "../compute/machine-index";
import { autoscale } from "../compute/scale-set";
import { millisecondsPerMinute } from "../windows/clock";
import { conditionFault } from "../windows/conditions";
import type { Fleet } from "../windows/fleet";
import type { MachineSnapshot } from "../windows/licensing-state";
import { type Fault, faultMembers, type Faults, timingOf } from "./faults";
import { bootOnPremises, runSshCommand, setOnPremisesZone } from "./on-premises-calls";

/** Tells one lab from another that has its port later. */
export interface LabIdentity {
  id: string;
}

/** What the control calls act on. */
export interface LabState {
  arm: ArmState;
  faults: Faults;
  counts: RequestCounts;
  identity: LabIdentity;
  shutdown: () => void;
}

type Control = (lab: LabState, body: JsonObject, machine: string) => Promise<object> | object | void;

/** Calls under `/lab/`, by method and path. */
const controls: Record<string, Control> = {
  "GET identity": ({ identity }) => identity,
  "GET resources": ({ arm }) => ({ resources: arm.store.all().map(({ id }) => id) }),
  "GET requests": ({ counts }) => ({ requests: counts.list() }),
  "DELETE requests": ({ counts }) => counts.reset(),
  "POST faults": ({ faults }, body) => faults.add(faultOf(body)),
  "DELETE faults": ({ faults }) => faults.clear(),
  "GET conditions": ({ arm }) => arm.conditions,
  "POST conditions": ({ arm }, body) => (arm.conditions = changedConditions(arm.conditions, body)),
  "DELETE conditions": ({ arm }) => (arm.conditions = usualConditions()),
  "GET roles": ({ arm }) => ({ roles: arm.roles ?? null }),
  "POST roles": ({ arm }, body) => void (arm.roles = rolesIn(body)),
  "DELETE roles": ({ arm }) => void delete arm.roles,
  "GET clock": ({ arm }) => ({ now: new Date(arm.clock.now()).toISOString() }),
  "POST clock": ({ arm }, body) => {
    arm.clock.advance(advanceOf(body) * millisecondsPerMinute);
    return { now: new Date(arm.clock.now()).toISOString() };
  },
  "GET machines": ({ arm }) => ({ machines: arm.fleet.snapshots() }),
  "POST machines": ({ arm }, body) => bootOnPremises(arm, body),
  "POST machines/ssh": ({ arm, faults }, body, machine) => {
    const { id, computerName } = findLabMachine(arm.fleet, machine);
    return runSshCommand(arm, id, body, timingOf(faults.take(`SSH ${computerName}`)));
  },
  "POST dns": ({ arm }, body) => setOnPremisesZone(arm.onPremises, body),
  "POST machines/stop": ({ arm }, _body, machine) => arm.fleet.stop(findLabMachine(arm.fleet, machine).id),
  "POST machines/start": ({ arm }, _body, machine) => arm.fleet.start(findLabMachine(arm.fleet, machine).id),
  "POST machines/agent": ({ arm }, { ready }, machine) => {
    if (typeof ready !== "boolean") {
      throw badRequest("ready must be true or false");
    }
    const { id } = findLabMachine(arm.fleet, machine);
    if (ready) {
      arm.silentAgents.delete(id);
    } else {
      arm.silentAgents.add(id);
    }
  },
  "POST machines/install-key": ({ arm }, body, machine) => {
    if (typeof body.productKey !== "string") {
      throw badRequest("productKey must be a text");
    }
    arm.fleet.installKeyByHand(findLabMachine(arm.fleet, machine).id, body.productKey);
  },
  "POST machines/conditions": ({ arm }, body, machine) => {
    const fault = conditionFault(body);
    if (fault !== undefined) {
      throw badRequest(fault);
    }
    const { id } = findLabMachine(arm.fleet, machine);
    arm.fleet.setConditions(id, body);
    return arm.fleet.conditions(id);
  },
  "POST scale-sets/scale": ({ arm }, body, id) => scaleByAutoscaler(arm, id, numberOf(body, "capacity")),
  "POST machines/install-office": ({ arm }, body, machine) => {
    const version = officeVersionOf(body);
    if (typeof body.edition !== "string" || !officeEditions(version).includes(body.edition)) {
      throw badRequest(`edition must be one of ${officeEditions(version).join(", ")}`);
    }
    arm.fleet.installOffice(findLabMachine(arm.fleet, machine).id, version, body.edition);
  },
  "POST machines/install-license-pack": ({ arm }, body, machine) =>
    arm.fleet.installLicensePack(findLabMachine(arm.fleet, machine).id, officeVersionOf(body)),
  "POST telephone": ({ arm }, body) => {
    if (typeof body.installationId !== "string") {
      throw badRequest("installationId must be a text");
    }
    return { confirmationId: arm.fleet.confirmInstallation(body.installationId) };
  },
  "POST activations": ({ arm }, body) => {
    if (typeof body.keyEnding !== "string") {
      throw badRequest("keyEnding must be a text");
    }
    return { hosts: arm.fleet.activationService.usage(body.keyEnding) };
  },
  "POST shutdown": ({ shutdown }) => shutdown(),
};

/** Carries out a control call. @throws ArmError 404 for an unknown call, 400 for a wrong body */
export async function controlLab(
  lab: LabState,
  method: string,
  path: string,
  body: JsonObject,
): Promise<object> {
  const [, , area = "", machine = "", action = ""] = path.split("/");
  const name = action === "" ? area : `${area}/${action}`;
  const control = controls[`${method} ${name}`];
  if (control === undefined || (action === "") !== (machine === "")) {
    const known = Object.keys(controls).join(", ");
    throw new ArmError(404, "NotFound", `There is no control call ${method} ${path}. There are: ${known}.`);
  }
  return (await control(lab, body, decodeURIComponent(machine))) ?? {};
}

function scaleByAutoscaler(arm: ArmState, id: string, capacity: number): void {
  const set = arm.store.get(id);
  if (set?.type !== scaleSetType) {
    throw new ArmError(404, "NotFound", `There is no scale set '${id}' in the lab.`);
  }
  autoscale(arm, set, capacity);
}

const badRequest = (message: string) => new ArmError(400, "BadRequest", message);

function officeVersionOf({ version }: JsonObject): string {
  if (typeof version !== "string" || officeGroup(version) === undefined) {
    throw badRequest(`version must be one of ${officeVersions().join(", ")}`);
  }
  return version;
}

function numberOf(body: JsonObject, key: string): number {
  const value = body[key];
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    throw badRequest(`${key} must be a number of at least 0`);
  }
  return value;
}

/** A clock that is moved too far ahead has no date any more. */
const mostMinutes = 100 * 365 * 24 * 60;

function advanceOf(body: JsonObject): number {
  const minutes = numberOf(body, "advanceMinutes");
  if (minutes > mostMinutes) {
    throw badRequest(`advanceMinutes must be at most ${mostMinutes}`);
  }
  return minutes;
}

const faultTypes = new Map(Object.entries(faultMembers).map(([member, { type }]) => [member, type]));

function faultOf(body: JsonObject): Fault {
  for (const [key, value] of Object.entries(body)) {
    const type = key === "match" ? "string" : faultTypes.get(key);
    if (typeof value !== type || (typeof value === "number" && !isFaultNumber(key, value))) {
      throw badRequest(`${key} is not a member of a fault, or not a ${type ?? "known"} value`);
    }
  }
  if (typeof body.match !== "string" || !isPattern(body.match)) {
    throw badRequest("match must be a regular expression");
  }
  return body as unknown as Fault;
}

/** No answer has another status, and no wait is longer than a day. */
const isFaultNumber = (key: string, value: number) =>
  Number.isInteger(value) &&
  (key === "status" ? value > 0 && value <= 599 : value >= 0 && value <= 86_400_000);

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false; // the caller says that it is no regular expression
  }
}

/** Longest list of machines in a message. */
const mostNames = 10;

/** @throws ArmError 404 when no machine, 409 when several have that resource ID or computer name */
function findLabMachine(fleet: Fleet, idOrName: string): MachineSnapshot {
  const wanted = idOrName.toLowerCase();
  if (fleet.has(wanted)) {
    return fleet.snapshot(wanted);
  }
  const named = fleet.snapshots().filter(({ computerName }) => computerName.toLowerCase() === wanted);
  if (named.length > 1) {
    throw new ArmError(
      409,
      "Ambiguous",
      `${named.length} machines are named '${idOrName}': give the resource ID.`,
    );
  }
  if (named[0] === undefined) {
    const known = fleet.snapshots().map(({ computerName }) => computerName);
    const some = known.length > mostNames ? [...known.slice(0, mostNames), "…"] : known;
    const others = known.length === 0 ? "; it has none" : `; it has ${some.join(", ")}`;
    throw new ArmError(404, "NotFound", `There is no machine '${idOrName}' in the lab${others}.`);
  }
  return named[0];
}
