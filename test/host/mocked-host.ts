import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KMSHostArgs } from "../../provider/host/args";
import { KMSHost } from "../../provider/host/kms-host";
import { allDeclared, type Declared, recordDeclared } from "../declared-resources";
import { labKey } from "../rules/program";

export const activationType = "pulumi-nodejs:dynamic/windows-kms:HostActivation";
export const recordType = "pulumi-nodejs:dynamic/windows-kms:SrvRecord";

const resources = "/subscriptions/s/resourceGroups/rg/providers";
export const azureVmId = `${resources}/Microsoft.Compute/virtualMachines/vm`;
export const zoneId = `${resources}/Microsoft.Network/privateDnsZones/corp.example`;
export const subnetId = `${resources}/Microsoft.Network/virtualNetworks/vnet/subnets/hosts`;

export const key = { keyGroup: "Volume License for Windows Server 2022", productKey: labKey };
/** Invented. */
export const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
export const os = "Windows Server 2022";
export const zones = [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }];

/** What the handler finds on the machine of each host. */
export const found = {
  machineId: "00000000-0000-4000-8000-000000000001",
  computerName: "KMS1",
  domain: "ad.example",
  foundOs: os,
  foundEdition: "Datacenter",
  partialProductKey: labKey.slice(-5),
  licenseStatus: "Licensed",
  currentCount: 5,
  activatedAt: "2026-01-01T00:00:00Z",
  listeningPort: 1700,
};

function outputsOf({ type, inputs }: Declared): object {
  if (type === activationType) {
    return inputs.azureVmId === undefined && inputs.ssh === undefined ? {} : found;
  }
  return /NetworkInterface$/.test(type) ? { ipConfigurations: [{ privateIPAddress: "10.20.1.4" }] } : {};
}

const call = (token: string) =>
  /getVirtualMachine$/.test(token)
    ? {
        networkProfile: {
          networkInterfaces: [{ id: `${resources}/Microsoft.Network/networkInterfaces/nic` }],
        },
      }
    : { ipConfigurations: [{ privateIPAddress: "10.20.1.5" }] };

/** A program under mocks. */
export async function mockedProgram(preview = false) {
  const declared: Declared[] = [];
  await recordDeclared(declared, { preview, outputs: outputsOf, call });
  return {
    declared,
    /** Declares a host and waits until its children are registered, too. */
    async host(args: KMSHostArgs, name = "kms"): Promise<KMSHost> {
      const host = new KMSHost(name, args);
      await allDeclared();
      return host;
    },
    inputsOf: (name: string) =>
      declared.find((resource) => resource.name === name)?.inputs ?? assert.fail(`${name} is not declared`),
    /** Children as `name Type`. */
    children: () =>
      declared
        .map(({ name, type }) => `${name} ${type.split(":").at(-1)}`)
        .filter((one) => !one.endsWith(" KMSHost")),
  };
}

export type MockedProgram = Awaited<ReturnType<typeof mockedProgram>>;

export const valueOf = <T>(output: pulumi.Output<T>) =>
  new Promise<T>((resolve) => void output.apply(resolve));

/** What was reported as an error. */
export const errorsOf = async (host: KMSHost) =>
  (await valueOf(host.diagnostics)).filter(({ severity }) => severity === "error");

/** A secret as the engine gets it. */
export const secret = (value: unknown) => ({
  [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
  value,
});
