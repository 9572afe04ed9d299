import * as pulumi from "@pulumi/pulumi";
import type { HostActivationMode } from "../activation/host-wish";
import type { OfficeKeyState } from "../activation/office-key-state";
import { officeGroup, officeName } from "../catalog/office";
import type { ResourceInputs } from "../dynamic/deep-input";
import { HostActivation, type HostActivationInputs } from "../dynamic/host-activation";
import type { KMSHostArgs } from "./kms-host-args";

/**
 * One activation for each Office version, with the machine and settings of the Windows key's. They follow each other,
 * since a machine does one thing at a time.
 */
export function createOfficeKeys(
  name: string,
  args: KMSHostArgs,
  host: { activation: HostActivation; inputs: ResourceInputs<HostActivationInputs> },
  parent: pulumi.Resource,
): pulumi.Output<OfficeKeyState[]> {
  let before = host.activation;
  const states = (args.officeKeys ?? []).map((given) => {
    const group = officeGroup(given.office)!;
    before = new HostActivation(
      `${name}-${group.id}-activation`,
      {
        ...host.inputs,
        keyGroup: group.name,
        activationId: group.activationId!,
        productKey: given.productKey,
        activation: pulumi.output(given.activation ?? "online").apply((mode) => mode as HostActivationMode),
        confirmationId: pulumi.output(given.confirmationId ?? "").apply((id) => id.replace(/-/g, "")),
        activationsSpent: given.activationsSpent ?? null,
        hostLimitException: given.hostLimitException ?? null,
      },
      { parent, dependsOn: before },
    );
    const { partialProductKey, licenseStatus, installationId, currentCount } = before;
    const office = officeName(group);
    return pulumi
      .all([partialProductKey, licenseStatus, installationId, currentCount])
      .apply(([key, status, id, count]): OfficeKeyState => ({
        office,
        partialProductKey: key,
        licenseStatus: status,
        installationId: id,
        currentCount: count,
      }));
  });
  return pulumi.all(states);
}
