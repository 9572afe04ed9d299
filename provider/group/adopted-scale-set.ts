import * as pulumi from "@pulumi/pulumi";
import { deadlineIn } from "../engine/clock";
import { KmsError } from "../errors/kms-error";
import { type GroupFacts, isUnknown } from "../rules/facts";
import { openScaleSet } from "../machine/scale-set";
import { presentScaleSet } from "./scale-set-group";

/** Long enough for Azure to answer, short enough for a preview. */
const timeoutSeconds = 5;

const capacityInAzure = async (id: string): Promise<number | undefined> =>
  (await presentScaleSet(openScaleSet(id), deadlineIn(timeoutSeconds / 60)))?.capacity;

/**
 * Asks Azure how many instances a scale set of somebody else has, so that a count below the threshold is reported before the
 * update. A number that cannot be read is not known, which KMS2260 says with the reason.
 */
export async function learnInstances(
  group: GroupFacts,
  read: (id: string) => Promise<number | undefined> = capacityInAzure,
): Promise<void> {
  const { scaleSetId, autoscaled } = group.args.machines ?? {};
  const isCounted =
    group.args.azureKms !== true && autoscaled !== true && !isUnknown(group, "machines.autoscaled");
  if (scaleSetId === undefined || !isCounted) {
    return;
  }
  try {
    group.instances = await read(scaleSetId);
  } catch (error) {
    group.unreadInstances = error instanceof KmsError ? error.code : (error as Error).name;
  }
}

/** Whether Azure is asked: not on Pulumi's mocks, nor where the stack's configuration `windows-kms:readZones` is false. */
export const asksAzure = (): boolean =>
  pulumi.runtime.hasEngine() && (new pulumi.Config("windows-kms").getBoolean("readZones") ?? true);
