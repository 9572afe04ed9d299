import { resourceNotFound } from "../arm-error";
import { resourceId } from "../arm-path";
import type { ArmState } from "../arm-state";
import { upgradeByHand } from "../behaviours/scale-set";
import { stringsIn } from "../json";
import { scaleSetType } from "../scale-set/scale-set-types";
import type { ArmAnswer, ArmRequest } from "./arm-request";

/** Manual upgrade of a scale set's instances; undefined for other paths. */
export function scaleSetActionRoute(arm: ArmState, request: ArmRequest): ArmAnswer | undefined {
  const { parsed, method, body } = request;
  const isAction =
    parsed.type?.toLowerCase() === scaleSetType.toLowerCase() &&
    parsed.tail?.toLowerCase() === "manualupgrade";
  if (method !== "POST" || !isAction) {
    return undefined;
  }
  const { subscriptionId, resourceGroup = "", names } = parsed;
  const set = arm.store.get(resourceId(subscriptionId, resourceGroup, scaleSetType, names));
  if (set === undefined) {
    throw resourceNotFound(scaleSetType, names[0], resourceGroup);
  }
  return { status: 202, work: () => upgradeByHand(arm, set, stringsIn(body?.instanceIds)) };
}
