import * as pulumi from "@pulumi/pulumi";
import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { officeGroup } from "../catalog/key-groups";
import { findEdition } from "../catalog/operating-systems";
import { stackName } from "../component/backend";
import { type DeclaredInputs, visitDeclared } from "../component/declared-resources";
import { resolvedLedger } from "../component/ledger";
import { strictStack } from "../component/review";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import { hidingSecrets } from "../engine/secret-arguments";
import type { Diagnostic } from "../rules/diagnostic";
import type { CreatedMachineInputs } from "./created-machine-state";
import type { CreateHostMachineInputs, KMSHostInputs, KMSHostOfficeKeyInputs } from "./inputs.generated";
import { fixedValues, imageText } from "./fixed-values";
import { createDefaults, virtualNetworkOf } from "./windows-machine";

/**
 * What a created machine was made from. The virtual machine depends on it, so that a change which would replace an
 * activated KMS host is refused before anything of it is deleted.
 */
export class CreatedMachine extends pulumi.dynamic.Resource {
  declare readonly diagnostics: pulumi.Output<Diagnostic[] | undefined>;

  constructor(
    name: string,
    inputs: ResourceInputs<CreatedMachineInputs>,
    opts: pulumi.CustomResourceOptions,
  ) {
    const [props, options] = hidingSecrets(
      {
        diagnostics: undefined,
        ...inputs,
        adminPassword: pulumi.secret(inputs.adminPassword),
        kind: "CreatedMachine",
      },
      { ...opts, aliases: [{ type: "windows-kms:index:CreatedMachine" }] },
      [],
    );
    super(delegate, name, props, options, "windows-kms", "CreatedMachine");
  }
}

/** What the machine of a host is made from, under the names that the virtual machine has for it. */
export function createdMachineInputs(
  name: string,
  inputs: KMSHostInputs,
  create: CreateHostMachineInputs,
  made: { os: pulumi.Input<string>; edition: pulumi.Input<string>; defaultComputerName: string },
): ResourceInputs<CreatedMachineInputs> {
  const { resourceGroupName, location, computerName, adminUsername, adminPassword } = create;
  const { os, edition, defaultComputerName } = made;
  // By the catalogue's names: another way to write one is no reason for another machine.
  const system = pulumi.all([os, edition]).apply(([osName, editionName]) => {
    const known = findEdition(osName, editionName);
    return { os: known?.os.name ?? osName, edition: known?.edition.name ?? editionName };
  });
  const keys = [...(inputs.key === undefined ? [] : [inputs.key]), ...(inputs.officeKeys ?? [])];
  return {
    name,
    stack: stackName(),
    resourceGroupName,
    ...(location !== undefined && { location }),
    osProfile: {
      ...(computerName !== undefined && { computerName }),
      adminUsername: adminUsername ?? createDefaults.adminUsername,
    },
    os: system.os,
    edition: system.edition,
    core: create.core ?? false,
    osDiskType: create.osDiskType ?? createDefaults.osDiskType,
    defaultComputerName,
    keys: keys.map(keyOf),
    acknowledge: inputs.acknowledge ?? [],
    ...((inputs.strict !== undefined || strictStack()) && { strict: inputs.strict ?? true }),
    adminPassword,
    ...(create.image !== undefined && { image: pulumi.output(create.image).apply(imageText) }),
    virtualNetwork: pulumi.output(create.subnetId).apply(virtualNetworkOf),
    fixed: fixedValues("VirtualMachine", virtualMachineOf(name)),
  };
}

/** What the host's virtual machine is declared with, which is after this. */
const virtualMachineOf = (name: string) =>
  new Promise<DeclaredInputs | undefined>((resolve) => {
    const isWatched = visitDeclared("compute:VirtualMachine", (vm, declared) => {
      if (vm === `${name}-vm`) {
        resolve(declared);
      }
    });
    if (!isWatched) {
      resolve(undefined);
    }
  });

/** Which ledger knows what was activated with a key; a fingerprint and five characters of the key are no secret. */
function keyOf(key: Pick<KMSHostOfficeKeyInputs, "productKey" | "ledger"> & object) {
  const { keyGroup, office } = key as { keyGroup?: pulumi.Input<string>; office?: pulumi.Input<string> };
  const productKey = pulumi.output(key.productKey ?? "");
  return {
    ledger: pulumi.output(key.ledger).apply(resolvedLedger),
    keyFingerprint: pulumi.unsecret(productKey.apply(keyFingerprint)),
    keyEnding: pulumi.unsecret(productKey.apply(keyEnding)),
    keyGroup: keyGroup ?? pulumi.output(office ?? "").apply((version) => officeGroup(version)?.name ?? ""),
  };
}
