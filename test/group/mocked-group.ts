import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { KMSClientGroupArgs } from "../../provider/group/args";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import type { StoredMembers } from "../../provider/group/state";
import type { KMSHostArgs } from "../../provider/host/args";
import { KMSHost } from "../../provider/host/kms-host";
import { allDeclared, type Declared, recordDeclared } from "../declared-resources";
import { activationType as hostActivationType, found, key, zones } from "../host/mocked-host";

export const activationType = "pulumi-nodejs:dynamic/windows-kms:ClientActivation";

const resources = "/subscriptions/s/resourceGroups/rg/providers";
export const vmId = (name: string) => `${resources}/Microsoft.Compute/virtualMachines/${name}`;
export const subnetId = `${resources}/Microsoft.Network/virtualNetworks/vnet/subnets/clients`;
export const scaleSetId = `${resources}/Microsoft.Compute/virtualMachineScaleSets/web`;

/** What the handler keeps of two members. */
export const stored: StoredMembers = {
  common: { scope: "s/rg", kmsHost: "KMS1.corp.example", os: "Windows Server 2022", currentCount: 2 },
  members: [
    { name: "a", status: "Licensed", expiresAt: "2026-06-30T00:00Z" },
    { name: "b", status: "Pending", currentCount: 0 },
  ],
};

export interface MockedGroupOptions {
  preview?: boolean;
  /** What the handler of a host activation finds. */
  host?: object;
}

/** A program with a KMS host under mocks. */
export async function mockedProgram({ preview = false, host = found }: MockedGroupOptions = {}) {
  const declared: Declared[] = [];
  const outputs = ({ type, name }: Declared): object => {
    switch (type) {
      case hostActivationType:
        return host;
      case activationType:
        return preview ? {} : { ...stored, machinesMissing: 3 };
      default:
        return type.endsWith(":VirtualMachine") ? { osProfile: { computerName: name.toUpperCase() } } : {};
    }
  };
  await recordDeclared(declared, { preview, outputs });
  const declaredHost = (args: Partial<KMSHostArgs> = {}, name = "kms") =>
    new KMSHost(name, {
      key,
      os: "Windows Server 2022",
      machine: { azureVmId: vmId("kms") },
      zones,
      ...args,
    });
  return {
    declared,
    host: declaredHost,
    /** Declares a group and waits until its children are registered, too. */
    async group(
      args: KMSClientGroupArgs,
      name = "web",
      opts?: pulumi.ComponentResourceOptions,
    ): Promise<KMSClientGroup> {
      const group = new KMSClientGroup(name, args, opts);
      await allDeclared();
      return group;
    },
    inputsOf: (name: string): Record<string, unknown> =>
      declared.find((resource) => resource.name === name)?.inputs ?? assert.fail(`${name} is not declared`),
    /** Children of the group as `name Type`. */
    children: (group = "web") =>
      declared
        .filter(({ name }) => name.startsWith(`${group}-`))
        .map(({ name, type }) => `${name} ${type.split(":").at(-1)}`),
  };
}

export type MockedProgram = Awaited<ReturnType<typeof mockedProgram>>;

/** Whether an output is known now; in a preview, what the update alone can tell is not. */
export const isKnown = (output: pulumi.Output<unknown>) =>
  (output as unknown as { isKnown: Promise<boolean> }).isKnown;
