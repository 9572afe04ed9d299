import path from "node:path";
import { type DetachedProcess, startDetachedProcess } from "../../provider/lab/service/detached-process";
import type { LabAddress } from "../../provider/lab/service/environment";
import {
  type ConfigValues,
  configValues,
  type LabExample,
  ledgerSetting,
  type OnPremisesExample,
} from "./lab-example";
import { LabRunError } from "./lab-run-error";
import type { OnPremisesAddress } from "./on-premises-main";
import { findAzurite } from "./servers/azurite";
import { findNamed } from "./servers/bind";
import { findSshd } from "./servers/sshd";
import type { SharedLedgerAddress } from "./shared-ledger-main";

/** The processes of a run and how its stack reaches them. */
export interface StartedLab {
  lab: LabAddress;
  pids: number[];
  values: ConfigValues;
  /** Variables that lead to the lab and to the servers beside it. */
  environment: Record<string, string>;
}

/** A process of a run. */
export type StartedProcess = DetachedProcess<{ pid: number }>;

/** What the processes of a run are started with. */
export interface LabStart {
  example: LabExample;
  /** Folder of the run. */
  folder: string;
  /** Gets each process as soon as it runs, so that it is ended whatever happens. */
  started: StartedProcess[];
  /** File for the ARM requests. */
  record?: string;
  say: (line: string) => void;
}

/** What a server beside the lab adds. */
interface Beside {
  values: ConfigValues;
  environment?: Record<string, string>;
}

/** Refuses an example whose servers this machine lacks. @throws LabRunError KMS7030, KMS7080 */
export function refuseMissingParts({ onPremises, sharedLedger }: LabExample): void {
  if (onPremises !== undefined) {
    refuseMissingServers();
  }
  if (sharedLedger === true) {
    findAzurite();
  }
}

/** Starts the lab and the servers that the example needs beside it. */
export async function startLab(start: LabStart): Promise<StartedLab> {
  const logFile = path.join(start.folder, "lab.log");
  const lab = await startLabProcess(logFile, start.record);
  start.started.push(lab);
  start.say(`lab on ${lab.address.arm}: simulated Azure and Windows; nothing leaves this machine`);
  const beside = [
    ...(await startMachinesOutside(start, lab.address, logFile)),
    ...(await startLedger(start, logFile)),
  ];
  const found = {
    plain: Object.assign({}, ...beside.map(({ values }) => values.plain)) as Record<string, string>,
    secret: Object.assign({}, ...beside.map(({ values }) => values.secret)) as Record<string, string>,
  };
  return {
    lab: lab.address,
    pids: start.started.map(({ address }) => address.pid).reverse(),
    values: configValues(start.example, found),
    environment: Object.assign(
      {},
      lab.address.environment,
      ...beside.map(({ environment }) => environment),
    ) as Record<string, string>,
  };
}

async function startMachinesOutside(start: LabStart, lab: LabAddress, logFile: string): Promise<Beside[]> {
  const { onPremises } = start.example;
  if (onPremises === undefined) {
    return [];
  }
  const servers = await startOnPremisesProcess(lab, logFile, onPremises);
  start.started.push(servers);
  start.say(`OpenSSH for ${machineCount(onPremises)} machines, BIND for the zone ${onPremises.zone}`);
  return [servers.address];
}

const machineCount = ({ machines }: OnPremisesExample) =>
  machines.reduce((count, { names }) => count + names.length, 0);

async function startLedger(start: LabStart, logFile: string): Promise<Beside[]> {
  if (start.example.sharedLedger !== true) {
    return [];
  }
  const ledger = await startSharedLedgerProcess(logFile);
  start.started.push(ledger);
  start.say(`Azurite with the ledger ${ledger.address.values.plain[ledgerSetting]}`);
  return [ledger.address];
}

/** The lab as it is built; the processes beside it are run from their TypeScript. */
const labServer = path.resolve(__dirname, "../../provider/lab/bin/server.js");
const fromTypeScript = (file: string) => [
  "--require",
  require.resolve("tsx/cjs"),
  path.join(__dirname, file),
];

/** Starts the lab in a process of its own; ready when this returns. */
function startLabProcess(logFile: string, record?: string): Promise<DetachedProcess<LabAddress>> {
  const flags = record === undefined ? [] : ["--record", record];
  return startDetachedProcess([labServer, "--log", logFile, ...flags], logFile);
}

/** Starts the servers of machines outside Azure in a process of their own; ready when this returns. */
function startOnPremisesProcess(
  lab: LabAddress,
  logFile: string,
  example: OnPremisesExample,
): Promise<DetachedProcess<OnPremisesAddress>> {
  const args = ["--lab", lab.arm, "--example", JSON.stringify(example)];
  return startDetachedProcess([...fromTypeScript("on-premises-main.ts"), ...args], logFile);
}

/** Starts the storage account of a shared ledger in a process of its own; ready when this returns. */
function startSharedLedgerProcess(logFile: string): Promise<DetachedProcess<SharedLedgerAddress>> {
  return startDetachedProcess(fromTypeScript("shared-ledger-main.ts"), logFile);
}

/** A server that stands for machines or DNS outside Azure. */
interface NeededServer {
  name: string;
  debianPackage: string;
  find: () => string | undefined;
}

const neededServers: NeededServer[] = [
  { name: "BIND (named)", debianPackage: "bind9", find: findNamed },
  { name: "OpenSSH (sshd)", debianPackage: "openssh-server", find: findSshd },
];

/** @throws LabRunError KMS7030 when this machine lacks a server that machines outside Azure need */
export function refuseMissingServers(servers = neededServers): void {
  const missing = servers.filter(({ find }) => find() === undefined);
  if (missing.length > 0) {
    throw new LabRunError("KMS7030", {
      values: {
        missing: missing.map(({ name }) => name).join(" and "),
        packages: missing.map(({ debianPackage }) => debianPackage).join(" "),
      },
    });
  }
}
