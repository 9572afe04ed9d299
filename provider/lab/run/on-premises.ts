import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SshAddress } from "../../machine/ssh-address";
import { type LabControl, labControl } from "../arm/lab-control";
import { startBind } from "../dns/bind";
import { type LabSshd, startLabSshd } from "../ssh/lab-sshd";
import type { ConfigValues } from "./config-values";
import type { LabMachines, OnPremisesExample } from "./lab-example";
import { installOffice } from "./install-office";
import { onPremisesMachines } from "./on-premises-machines";

/** Running machines outside Azure with their DNS server. */
export interface OnPremises {
  /** How a program reaches them. */
  values: ConfigValues;
  close(): Promise<void>;
}

/** What the machines are started with. */
export interface OnPremisesOptions {
  /** ARM endpoint of the lab that simulates them. */
  lab: string;
  example: OnPremisesExample;
}

const keyName = "kms-publisher";
const keyBytes = 32;

/** Boots the machines in the lab and starts a real sshd for each and a real BIND for their zone, all on loopback. */
export async function startOnPremises({ lab, example }: OnPremisesOptions): Promise<OnPremises> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.reverse()) {
      await closeOne();
    }
  };
  try {
    const { dnsServer, dnsKeySecret } = await startZone(example.zone, opened);
    await labControl(lab).setOnPremisesZone({ zone: example.zone, server: dnsServer });
    const sshd = startLabSshd({ lab });
    opened.push(() => sshd.close());
    const machines = await bootMachines(labControl(lab), sshd, example.machines);
    const plain = { zone: example.zone, dnsServer, dnsKeyName: keyName, ...machines.plain };
    return { values: { plain, secret: { dnsKeySecret, ...machines.secret } }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** BIND writes into its folder until it has ended, so the folder is its own. */
async function startZone(zone: string, opened: (() => Promise<void>)[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "kms-lab-bind-"));
  opened.push(() => rm(folder, { recursive: true, force: true }));
  const dnsKeySecret = randomBytes(keyBytes).toString("base64");
  const bind = await startBind({
    folder,
    zones: [{ name: zone, access: `update-policy { grant ${keyName} name _vlmcs._tcp.${zone} SRV; };` }],
    keys: `key "${keyName}" { algorithm hmac-sha256; secret "${dnsKeySecret}"; };`,
  });
  opened.push(() => bind.stop());
  return { dnsServer: `127.0.0.1:${bind.port}`, dnsKeySecret };
}

/** All machines let the same private key in. */
async function bootMachines(control: LabControl, sshd: LabSshd, rows: LabMachines[]): Promise<ConfigValues> {
  const values: ConfigValues = { plain: {}, secret: {} };
  for (const row of rows) {
    const servers: Omit<SshAddress, "privateKey">[] = [];
    for (const machine of onPremisesMachines(row)) {
      await control.bootOnPremises(machine);
      await installOffice(control, machine.name, row);
      const { privateKey = "", ...server } = await sshd.listen(machine.name);
      values.secret.sshPrivateKey = privateKey;
      servers.push(server);
    }
    values.plain[row.config] = JSON.stringify(servers);
  }
  return values;
}
