import { execFileSync } from "node:child_process";

/** Kills a process and everything that it started, at once and without warning. */
export function killTree(root: number): void {
  for (const pid of [root, ...descendants(root)]) {
    killIfAlive(pid);
  }
}

/** Processes whose command line has this text and that this process started. */
export function ownProcesses(text: string): number[] {
  const own = new Set(descendants(process.pid));
  return processTable()
    .filter(({ pid, args }) => own.has(pid) && args.includes(text))
    .map(({ pid }) => pid);
}

function descendants(root: number): number[] {
  const table = processTable();
  const childrenOf = (parent: number): number[] =>
    table.filter(({ ppid }) => ppid === parent).flatMap(({ pid }) => [pid, ...childrenOf(pid)]);
  return childrenOf(root);
}

function processTable(): { pid: number; ppid: number; args: string }[] {
  return execFileSync("ps", ["axww", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, ppid, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), args }];
    });
}

/** Kills one process; one that has ended is no fault. */
export function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
