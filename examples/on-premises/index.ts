import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";
import type { SshMachineArgs } from "pulumi-windows-kms";

const config = new pulumi.Config();
const privateKey = config.requireSecret("sshPrivateKey");

/** Machines as the configuration lists them: `{host, port, user, hostKeyFingerprint}` each. */
const machines = (name: string) => config.requireObject<SshMachineArgs[]>(name);

const key = { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") };
const zone = {
  zoneName: config.require("zone"),
  dynamicUpdate: {
    servers: [config.require("dnsServer")],
    tsig: { keyName: config.require("dnsKeyName"), secret: config.requireSecret("dnsKeySecret") },
  },
};

/** The first host serves; the others stand by, so that a small fleet does not split its count. */
const hosts = machines("kmsHosts").map(
  (ssh, index) =>
    new KMSHost(`kms${index + 1}`, {
      key,
      os: OperatingSystem.WindowsServer2022,
      edition: Edition.Datacenter,
      machine: { ssh: { ...ssh, privateKey } },
      zones: [{ ...zone, priority: 10 * index }],
    }),
);

const servers = new KMSClientGroup("servers", {
  hosts,
  machines: { ssh: { privateKey, machines: machines("servers") } },
  acknowledge: [{ code: "KMS2215", reason: "members stay licensed until a standby host has counted enough" }],
});

export const kmsHosts = hosts.map(({ fqdn, partialProductKey, licenseStatus, currentCount }) => ({
  fqdn,
  partialProductKey,
  licenseStatus,
  currentCount,
}));
export const members = servers.members;
