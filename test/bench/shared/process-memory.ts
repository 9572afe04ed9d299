import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The memory of processes while they run. */
export interface MemoryWatch {
  /** Ends the watch; gives the most megabytes that the processes had at one time, undefined where the system tells none. */
  stop(): number | undefined;
}

/** Linux alone tells the memory of other processes this way. */
const isTold = existsSync("/proc/self/smaps_rollup");

const samplesEveryMilliseconds = 100;
const kilobytesPerMegabyte = 1024;

/**
 * Watches a process and all that it starts; with a pattern, those alone whose command line fits it. Pages that forks
 * share count once: beside the largest process, each adds what it has for itself.
 */
export function watchMemory(root: number, commandLine = /^/): MemoryWatch {
  let mostMegabytes = 0;
  const sample = () => {
    const sizes = [root, ...descendants(root)]
      .filter((pid) => commandLine.test(commandLineOf(pid)))
      .map(sizeOf)
      .sort((left, right) => right.resident - left.resident);
    const kilobytes = sizes.reduce((total, { own }) => total + own, sizes[0]?.shared ?? 0);
    mostMegabytes = Math.max(mostMegabytes, kilobytes / kilobytesPerMegabyte);
  };
  const timer = isTold ? setInterval(sample, samplesEveryMilliseconds) : undefined;
  return {
    stop() {
      clearInterval(timer);
      return isTold ? mostMegabytes : undefined;
    },
  };
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    // pid (name of any characters) state ppid …
    const [, ppid] = /\) \S (\d+)/.exec(read(`/proc/${name}/stat`)) ?? [];
    if (ppid !== undefined) {
      children.set(Number(ppid), [...(children.get(Number(ppid)) ?? []), Number(name)]);
    }
  }
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
}

const commandLineOf = (pid: number) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");

/** Kilobytes of a process; 0 when it has ended. */
function sizeOf(pid: number): { resident: number; own: number; shared: number } {
  const smaps = read(`/proc/${pid}/smaps_rollup`);
  const kilobytes = (entry: string) =>
    Number(new RegExp(`^${entry}:\\s+(\\d+) kB`, "m").exec(smaps)?.[1] ?? 0);
  const resident = kilobytes("Rss");
  const own = kilobytes("Private_Clean") + kilobytes("Private_Dirty");
  return { resident, own, shared: resident - own };
}

/** A process may have ended since it was listed: then there is nothing to read. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      return "";
    }
    throw error;
  }
}
