import type { MemberStatus } from "../../provider/group/member";
import type { ExportedResource, ExportedStack } from "../../provider/report/exported-stack";

/** When the reports of tests are made. */
export const now = new Date("2026-11-25T20:00:00Z");

export const fingerprint = "a".repeat(32);

/** An exported stack of these resources, in the form of `pulumi stack export`. */
export const exported = (...resources: ExportedResource[]): ExportedStack => ({
  deployment: {
    manifest: { time: "2026-11-25T19:40:31.5Z" },
    resources: [
      { type: "pulumi:pulumi:Stack", urn: "urn:pulumi:prod::corp::pulumi:pulumi:Stack::corp-prod" },
      ...resources,
    ],
  },
});

/** What the engine stores of a KMS host. */
export const host = (
  name: string,
  outputs: Record<string, unknown> = {},
  modified = "2026-11-25T19:00:00Z",
) =>
  resource("HostActivation", modified, {
    name,
    azureVmId: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`,
    os: "Windows Server 2022",
    keyGroup: "Volume License for Windows Server 2022",
    keyFingerprint: fingerprint,
    keyEnding: "N2W2K",
    productKey: secret,
    ledger: "",
    stack: "acme/corp/prod",
    computerName: name.toUpperCase(),
    domain: "corp.example",
    licenseStatus: "Licensed",
    currentCount: 0,
    activationTime: "2026-11-25T19:00:00Z",
    drift: [],
    ...outputs,
  });

/** What the engine stores of a client group. */
export const group = (
  name: string,
  members: Record<string, unknown>[] | object,
  outputs: Record<string, unknown> = {},
  modified = "2026-11-25T19:30:00Z",
) =>
  resource("ClientActivation", modified, {
    name,
    os: "Windows Server 2022",
    edition: "Datacenter",
    hostNames: ["kms.corp.example"],
    threshold: 5,
    machinesMissing: 0,
    members,
    ...outputs,
  });

/** A stored member of a client group. */
export const member = (name: string, status: MemberStatus, seen: Record<string, unknown> = {}) => ({
  name,
  vm: `rg/${name}`,
  status,
  key: "6VM33",
  host: "kms.corp.example",
  count: 12,
  expiry: status === "Licensed" ? "2027-05-24T16:25Z" : "",
  error: "",
  ...seen,
});

/** A value that the engine keeps encrypted. */
export const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:SECRET-CIPHERTEXT",
};

const resource = (kind: string, modified: string, outputs: Record<string, unknown>): ExportedResource => ({
  type: `pulumi-nodejs:dynamic/kms:${kind}`,
  urn: `urn:pulumi:prod::corp::pulumi-nodejs:dynamic/kms:${kind}::x`,
  modified,
  outputs: { stateVersion: 1, ...outputs },
});
