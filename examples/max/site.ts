import type { DnsUpdateZoneArgs, SshMachineArgs, SshServerArgs } from "pulumi-windows-kms";
import { config } from "./settings";

/** How a server of the site lets the program in: with a key here; a password is the other way. */
const signIn = {
  privateKey: config.getSecret("sshPrivateKey"),
  passphrase: config.getSecret("sshPassphrase"),
  password: config.getSecret("sshPassword"),
  agent: config.getBoolean("sshAgent") ?? false,
  keepAliveSeconds: 30,
} satisfies Partial<SshServerArgs>;

/** A server as the configuration has it. */
type ConfiguredServer = Pick<SshServerArgs, "host" | "port" | "user" | "hostKeyFingerprint">;

const [bastion] = config.requireObject<ConfiguredServer[]>("bastion");

/** The site lets SSH in to its bastion only. */
const jump: SshServerArgs = { ...bastion, ...signIn };

export const siteMachines = (key: string): SshMachineArgs[] =>
  config
    .requireObject<ConfiguredServer[]>(key)
    .map(({ host, port, user, hostKeyFingerprint }): SshMachineArgs => ({
      host,
      port,
      user,
      hostKeyFingerprint,
      ...signIn,
      jump,
    }));

/** The site's zone, on its own DNS server. */
export const siteZone: DnsUpdateZoneArgs = {
  zoneName: config.require("zone"),
  servers: [config.require("dnsServer")],
  tsig: {
    keyName: config.require("dnsKeyName"),
    algorithm: "hmac-sha256",
    secret: config.requireSecret("dnsKeySecret"),
  },
};
