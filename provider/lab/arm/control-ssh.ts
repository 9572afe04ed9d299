import { ArmError } from "./arm-error";
import type { ArmState } from "./arm-state";
import { type GuestResult, runGuestScript } from "./guest-script";
import { isObject, textOf, type JsonObject } from "./json";
import { lookUpZone } from "./on-premises-dns";
import { publishHost } from "./publish-host";

/** Runs a script that came to a machine over SSH; DNS is asked as it is now, and told of a new KMS host. @throws ArmError 400; KmsError KMS7303 */
export async function runScriptOverSsh(
  arm: ArmState,
  machineId: string,
  body: JsonObject,
): Promise<GuestResult> {
  const { script, parameters } = body;
  if (typeof script !== "string" || !isObject(parameters)) {
    throw new ArmError(400, "BadRequest", "script must be a text, and parameters an object");
  }
  for (const zone of await Promise.all(arm.onPremises.zones().map(lookUpZone))) {
    arm.onPremises.setZone(zone);
  }
  const values = new Map(Object.entries(parameters).map(([name, value]) => [name, textOf(value) ?? ""]));
  const before = arm.fleet.snapshot(machineId);
  const result = runGuestScript(arm.fleet, machineId, {
    script,
    parameters: values,
    protectedParameters: values,
  });
  await publishHost(arm.onPremises, before, arm.fleet.snapshot(machineId));
  return result;
}
