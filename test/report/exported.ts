import type { MemberStatus } from "../../provider/catalog/constants";
import type { ExportedResource, ExportedStack } from "../../provider/report/exported-stack";

/** When the reports of tests are made. */
export const now = new Date("2026-11-25T20:00:00Z");

export const fingerprint = "a".repeat(32);

/** An exported stack of these resources, in the form of `pulumi stack export`. */
export const exported = (...resources: (ExportedResource | ExportedResource[])[]): ExportedStack => ({
  deployment: {
    manifest: { time: "2026-11-25T19:40:31.5Z" },
    resources: [
      { type: "pulumi:pulumi:Stack", urn: "urn:pulumi:prod::corp::pulumi:pulumi:Stack::corp-prod" },
      ...resources.flat(),
    ],
  },
});

const hostChanged = "2026-11-25T19:00:00Z";
const groupChanged = "2026-11-25T19:30:00Z";

/** Azure resource ID of a virtual machine. */
export const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;

/** What the engine stores of a KMS host: the component, and the activation of its key of Windows with these outputs. */
export const host = (
  name: string,
  outputs: Record<string, unknown> = {},
  modified = hostChanged,
): ExportedResource[] => [
  component("KMSHost", name, { fqdn: `${name}.corp.example`, diagnostics: [] }),
  activation("HostActivation", component("KMSHost", name), `${name}-activation`, modified, {
    readOnly: false,
    name,
    azureVmId: vmId(name),
    os: "Windows Server 2022",
    keyGroup: "Volume License for Windows Server 2022",
    keyFingerprint: fingerprint,
    keyEnding: "N2W2K",
    productKey: secret,
    ledger: "file://./kms-ledger",
    stack: "acme/corp/prod",
    computerName: name.toUpperCase(),
    domain: "corp.example",
    foundOs: "Windows Server 2022",
    foundEdition: "Datacenter",
    partialProductKey: "N2W2K",
    licenseStatus: "Licensed",
    currentCount: 0,
    activatedAt: "2026-11-25T19:00:00Z",
    drift: [],
    ...outputs,
  }),
];

/** The host key of Office on a host, beside or without that of Windows. */
export const officeKey = (
  hostName: string,
  outputs: Record<string, unknown> = {},
  modified = hostChanged,
): ExportedResource =>
  activation("HostActivation", component("KMSHost", hostName), `${hostName}-office-activation`, modified, {
    readOnly: false,
    name: hostName,
    azureVmId: vmId(hostName),
    keyGroup: "Office LTSC 2024 Volume License Pack",
    activationId: "11111111-1111-4111-8111-111111111111",
    keyFingerprint: "b".repeat(32),
    keyEnding: "NNN33",
    ledger: "file://./kms-ledger",
    stack: "acme/corp/prod",
    computerName: hostName.toUpperCase(),
    partialProductKey: "NNN33",
    licenseStatus: "Licensed",
    currentCount: 0,
    activatedAt: "2026-11-25T19:10:00Z",
    drift: [],
    ...outputs,
  });

/** A component alone, as one with errors is stored. */
export const component = (
  className: "KMSHost" | "KMSClientGroup",
  name: string,
  outputs: Record<string, unknown> = {},
): ExportedResource => ({
  type: `windows-kms:index:${className}`,
  urn: `urn:pulumi:prod::corp::windows-kms:index:${className}::${name}`,
  outputs,
});

/** What the engine stores of a client group: the component, and the activation of its members. */
export const group = (
  name: string,
  members: Record<string, unknown>[] | object,
  outputs: Record<string, unknown> = {},
  modified = groupChanged,
): ExportedResource[] => [
  component("KMSClientGroup", name, { diagnostics: [] }),
  activation("ClientActivation", component("KMSClientGroup", name), `${name}-activation`, modified, {
    name,
    os: "Windows Server 2022",
    edition: "Datacenter",
    office: "",
    hostNames: ["kms.corp.example"],
    threshold: 5,
    machinesMissing: 0,
    common: { scope: "s/rg" },
    members,
    ...outputs,
  }),
];

/** A stored member of a client group. */
export const member = (name: string, status: MemberStatus, seen: Record<string, unknown> = {}) => ({
  name,
  status,
  partialProductKey: "6VM33",
  kmsHost: "kms.corp.example",
  currentCount: 12,
  ...(status === "Licensed" && { expiresAt: "2027-05-24T16:25Z" }),
  seenAt: "2026-11-25T19:25Z",
  ...seen,
});

/** A value that the engine keeps encrypted. */
export const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:SECRET-CIPHERTEXT",
};

const activation = (
  kind: string,
  parent: ExportedResource,
  name: string,
  modified: string,
  outputs: Record<string, unknown>,
): ExportedResource => ({
  type: `pulumi-nodejs:dynamic/windows-kms:${kind}`,
  urn: `urn:pulumi:prod::corp::${parent.type}$pulumi-nodejs:dynamic/windows-kms:${kind}::${name}`,
  parent: parent.urn,
  modified,
  outputs: { stateVersion: 1, ...outputs },
});
