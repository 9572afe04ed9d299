import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findEdition } from "../../provider/catalog/operating-systems";
import { officeEditions, officeGroup, officeVersions } from "../../provider/catalog/key-groups";
import { type LabControl, labControl, type OnPremisesSpec } from "../../provider/lab/control/lab-control";
import type { SshAddress } from "../../provider/machine/ssh-address";
import type { ConfigValues, LabMachines, OnPremisesExample } from "./lab-example";
import { LabRunError } from "./lab-run-error";
import { startBind } from "./servers/bind";
import { type LabSshd, startLabSshd } from "./servers/sshd";

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

/** Stands for a build that has every update. */
const lastRevision = 9999;

/** The machines that a row of lab.json boots. @throws LabRunError KMS7032 for a system that the lab cannot install */
export function onPremisesMachines({ names, os, edition, domain }: LabMachines): OnPremisesSpec[] {
  const refusal = (reason: string) =>
    new LabRunError("KMS7032", { values: { given: `${os} ${edition}`, names: names.join(", "), reason } });
  const found = findEdition(os, edition);
  if (found === undefined) {
    throw refusal("the catalogue has no such operating system and edition");
  }
  const build = found.os.builds.at(-1);
  const editionId = found.edition.editionIds[0];
  if (build === undefined || editionId === undefined || found.edition.azureOnly === true) {
    throw refusal("it is none that is installed outside Azure");
  }
  return names.map((name) => ({
    name,
    osBuild: `${build}.${lastRevision}`,
    editionId,
    productType: found.os.family === "client" ? 1 : 3,
    ...(domain !== undefined && { domain }),
  }));
}

type OfficeInstaller = Pick<LabControl, "installOffice" | "installLicensePack">;

/** Installs what a row of lab.json has of Office on one of its machines. @throws LabRunError KMS7085 for an unknown one */
export async function installOffice(
  control: OfficeInstaller,
  machine: string,
  { licensePacks = [], office }: LabMachines,
): Promise<void> {
  for (const version of licensePacks) {
    refuseUnknown(machine, "licensePacks", version, officeVersions());
    await control.installLicensePack(machine, version);
  }
  if (office !== undefined) {
    const { version, edition } = office;
    refuseUnknown(machine, "office.version", version, officeVersions());
    refuseUnknown(machine, "office.edition", edition, officeEditions(version));
    await control.installOffice(machine, version, edition);
  }
}

function refuseUnknown(machine: string, property: string, given: string, allowed: readonly string[]): void {
  const known = property === "office.edition" ? allowed.includes(given) : officeGroup(given) !== undefined;
  if (!known) {
    throw new LabRunError("KMS7085", { property, values: { given, machine, allowed: allowed.join(", ") } });
  }
}
