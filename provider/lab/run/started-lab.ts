import path from "node:path";
import type { LabAddress } from "../main";
import { findAzurite } from "../azure-storage/find-azurite";
import { type ConfigValues, configValues } from "./config-values";
import type { DetachedProcess } from "./detached-process";
import type { LabExample, OnPremisesExample } from "./lab-example";
import { startLabProcess, startOnPremisesProcess, startSharedLedgerProcess } from "./lab-process";
import { refuseMissingServers } from "./missing-servers";

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

/** Refuses an example whose servers this machine lacks. @throws KmsError KMS7030, KMS7080 */
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
  const lab = await startLabProcess(logFile, { record: start.record });
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
  start.say(`Azurite with the ledger ${ledger.address.values.plain.ledger}`);
  return [ledger.address];
}
