import path from "node:path";
import type { LabAddress } from "../main";
import { type DetachedProcess, startDetachedProcess } from "./detached-process";
import type { OnPremisesExample } from "./lab-example";
import type { OnPremisesAddress } from "./on-premises-main";
import type { SharedLedgerAddress } from "./shared-ledger-main";

/** What else the lab is started with: options of its main program. */
export interface LabProcessOptions {
  record?: string;
  id?: string;
  state?: string;
}

/** Starts the lab in a process of its own; ready when this returns. */
export function startLabProcess(
  logFile: string,
  options: LabProcessOptions = {},
): Promise<DetachedProcess<LabAddress>> {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value as string],
  );
  return startDetachedProcess([path.join(__dirname, "../main.js"), "--log", logFile, ...flags], logFile);
}

/** Starts the servers of machines outside Azure in a process of their own; ready when this returns. */
export function startOnPremisesProcess(
  lab: LabAddress,
  logFile: string,
  example: OnPremisesExample,
): Promise<DetachedProcess<OnPremisesAddress>> {
  const args = ["--lab", lab.arm, "--example", JSON.stringify(example)];
  return startDetachedProcess([path.join(__dirname, "on-premises-main.js"), ...args], logFile);
}

/** Starts the storage account of a shared ledger in a process of its own; ready when this returns. */
export function startSharedLedgerProcess(logFile: string): Promise<DetachedProcess<SharedLedgerAddress>> {
  return startDetachedProcess([path.join(__dirname, "shared-ledger-main.js")], logFile);
}
