import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSClientGroup, KMSHost, OperatingSystem, type SshMachineArgs } from "pulumi-windows-kms";

const config = new pulumi.Config();
const privateKey = config.requireSecret("sshPrivateKey");

/** A machine as the configuration has it: `{host, port, user, hostKeyFingerprint}`. */
type ConfiguredMachine = Omit<SshMachineArgs, "privateKey">;

const machines = (key: string) =>
  config.requireObject<ConfiguredMachine[]>(key).map((machine) => ({ ...machine, privateKey }));

const dnsUpdate = {
  zoneName: config.require("zone"),
  servers: [config.require("dnsServer")],
  tsig: { keyName: config.require("dnsKeyName"), secret: config.requireSecret("dnsKeySecret") },
};

/** The first host serves; the others stand by, so that a small fleet does not split its count. */
const hosts = machines("kmsHosts").map(
  (ssh, place) =>
    new KMSHost(`kms${place + 1}`, {
      keyGroup: KeyGroup.WindowsServer2022,
      productKey: config.requireSecret("kmsHostKey"),
      os: OperatingSystem.WindowsServer2022,
      edition: "Datacenter",
      ssh,
      srvRecords: [{ dnsUpdate, priority: 10 * place }],
    }),
);

const servers = new KMSClientGroup("servers", {
  hosts,
  os: OperatingSystem.WindowsServer2022,
  edition: "Standard",
  ssh: machines("servers"),
  // After a failover a host that stands by refuses the first members; they stay licensed until it has counted enough.
  acknowledge: ["KMS2215"],
});

export const kmsHosts = hosts.map(({ fqdn, partialProductKey, licenseStatus, currentCount }) => ({
  fqdn,
  partialProductKey,
  licenseStatus,
  currentCount,
}));
export const members = servers.members;
