import {
  decodeInput,
  findSetupKey,
  type ScriptInput,
  sshCommand,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import type { ArmState } from "../arm/arm-state";
import type { ScriptTiming } from "../arm/async-operations";
import { isObject, type JsonObject, objectsIn, textOf } from "../arm/json";
import { type GuestResult, runGuestScript, takeGuestScript } from "../compute/guest-script";
import {
  emptyZone,
  lookUpZone,
  type OnPremises,
  onPremisesNetwork,
  publishHost,
} from "../network/on-premises";
import { systemEdition } from "../windows/license";

const badRequest = (message: string) => new ArmError(400, "BadRequest", message);

function text(body: JsonObject, key: string): string {
  const value = textOf(body[key]);
  if (value === undefined || value === "") {
    throw badRequest(`${key} must be a text`);
  }
  return value;
}

/**
 * Boots a machine outside Azure, installed from volume media: it has the setup key of its system.
 * @throws ArmError 400; LabError KMS7302, KMS7304
 */
export function bootOnPremises(arm: ArmState, body: JsonObject): { id: string } {
  const [computerName, osBuild, editionId] = ["name", "osBuild", "editionId"].map((key) => text(body, key));
  const { productType } = body;
  if (productType !== 1 && productType !== 2 && productType !== 3) {
    throw badRequest("productType must be 1, 2 or 3");
  }
  const system = { osBuild, editionId, productType } as const;
  const domain = textOf(body.domain) ?? "";
  const id = `/${onPremisesNetwork}/${computerName}`.toLowerCase();
  const is = systemEdition(system);
  arm.fleet.boot({
    ...system,
    id,
    computerName,
    domain,
    serverFeatures: productType !== 1,
    setupKey: is && !is.evaluation ? findSetupKey(is.os.name, is.edition.name)?.key : undefined,
    networkProfile: domain === "" ? "Private" : "Domain",
    uuid: textOf(body.uuid),
  });
  arm.onPremises.add({ machineId: id, computerName, dnsSuffix: textOf(body.dnsSuffix) ?? domain });
  return { id };
}

/** Tells which records machines outside Azure see in a zone, or which DNS server they ask for it. @throws ArmError 400 */
export function setOnPremisesZone(onPremises: OnPremises, body: JsonObject): void {
  const zoneName = text(body, "zone").toLowerCase();
  const srv = objectsIn(body.srv).map((record) => ({
    priority: Number(record.priority ?? 0),
    weight: Number(record.weight ?? 0),
    port: Number(record.port ?? 0),
    target: text(record, "target").toLowerCase().replace(/\.$/, ""),
  }));
  const addresses = new Map(
    objectsIn(body.a).map((record) => [
      `${text(record, "name").toLowerCase()}.${zoneName}`,
      text(record, "address"),
    ]),
  );
  onPremises.setZone({ ...emptyZone(zoneName, textOf(body.server)), srv, addresses });
}

/**
 * Does what a Windows machine does with a command over SSH; of commands it knows the one that runs the package's script. A
 * script whose connection breaks goes on.
 * @throws ArmError 400 for a wrong body; LabError KMS7303
 */
export async function runSshCommand(
  arm: ArmState,
  machineId: string,
  { command, input }: JsonObject,
  timing?: ScriptTiming,
): Promise<GuestResult> {
  if (typeof command !== "string" || typeof input !== "string") {
    throw new ArmError(400, "BadRequest", "command and input must be texts");
  }
  if (command !== sshCommand) {
    return failed("The lab runs the command of this package and no other command.");
  }
  const given = scriptInput(input);
  return given === undefined ? failed("Invalid JSON.") : runScript(arm, machineId, given, timing);
}

/** The parser's message would quote the input, so the caller says what is wrong. */
function scriptInput(line: string): ScriptInput | undefined {
  try {
    const input = decodeInput(line);
    return typeof input.script === "string" && isObject(input.parameters) ? input : undefined;
  } catch {
    return undefined;
  }
}

const failed = (error: string): GuestResult => ({ exitCode: 1, output: "", error });

/** The machine sees DNS as it is now, and a new KMS host publishes itself. */
async function runScript(
  arm: ArmState,
  machineId: string,
  { script, parameters }: ScriptInput,
  timing: ScriptTiming | undefined,
): Promise<GuestResult> {
  for (const zone of await Promise.all(arm.onPremises.zones().map(lookUpZone))) {
    arm.onPremises.setZone(zone);
  }
  const values = new Map(Object.entries(parameters));
  const before = arm.fleet.snapshot(machineId);
  const guest = { script, parameters: values, protectedParameters: values };
  const atOnce = { delayMilliseconds: 0, milliseconds: 0, sideBySide: false };
  const isAlive = () => arm.fleet.isRunning(machineId);
  const result =
    (timing !== undefined || arm.fleet.isBusy(machineId)
      ? await takeGuestScript(arm, machineId, guest, timing ?? atOnce, isAlive)
      : runGuestScript(arm.fleet, machineId, guest)) ?? failed("The machine was stopped.");
  await publishHost(arm.onPremises, before, arm.fleet.snapshot(machineId));
  return result;
}
