import { argumentDiagnostics } from "../../provider/component/argument-diagnostics";
import { kmsClientGroupTree, kmsHostTree } from "../../provider/component/argument-tree.generated";
import { openArguments } from "../../provider/component/open-arguments";
import { kmsClientGroupArgs, kmsHostArgs } from "../../provider/component/validators.generated";
import type { Diagnostic } from "../../provider/rules/diagnostic";

export const providers = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers";
export const azureVmId = `${providers}/Microsoft.Compute/virtualMachines/vm`;
export const scaleSetId = `${providers}/Microsoft.Compute/virtualMachineScaleSets/web`;
export const azurePrivateZoneId = `${providers}/Microsoft.Network/privateDnsZones/corp.example`;
export const subnetId = `${providers}/Microsoft.Network/virtualNetworks/vnet/subnets/hosts`;
export const key = {
  keyGroup: "Volume License for Windows Server 2022",
  productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K",
};
export const create = { resourceGroupName: "rg", subnetId, adminPassword: "Lab-Passw0rd-Marker" };
export const zoneName = "corp.example";
export const fingerprint = `SHA256:${"a".repeat(43)}`;
export const ssh = { host: "kms1.corp.example", user: "CORP\\admin", hostKeyFingerprint: fingerprint };

export const ofHost = async (changes: object) =>
  argumentDiagnostics(
    kmsHostArgs,
    await openArguments({ key, machine: { azureVmId }, ...changes }, kmsHostTree),
  );
export const ofGroup = async (changes: object) =>
  argumentDiagnostics(
    kmsClientGroupArgs,
    await openArguments({ machines: {}, ...changes }, kmsClientGroupTree),
  );
export const messages = async (diagnostics: Promise<Diagnostic[]>) =>
  (await diagnostics).map(({ message }) => message);
export const brief = async (diagnostics: Promise<Diagnostic[]>) =>
  (await diagnostics).map(({ code, path }) => `${code} ${path}`).sort();

export const refusal = (path: string, given: unknown, allowed: string) =>
  `KMS1003 ${path}: ${typeof given === "string" ? JSON.stringify(given) : String(given)} is not allowed. Specify ${allowed}.`;
