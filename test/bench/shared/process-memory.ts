import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The memory of processes while they run. */
export interface MemoryWatch {
  /** Ends the watch. Returns the most megabytes that the processes used at one time, or undefined where it is unknown. */
  stop(): number | undefined;
}

/** Only Linux reports the memory of other processes this way. */
const isKnown = existsSync("/proc/self/smaps_rollup");

const samplesEveryMilliseconds = 100;
const kilobytesPerMegabyte = 1024;

/**
 * Watches a process and all processes that it starts, or only those whose command line matches a pattern. Pages that
 * forks share count once: each process adds its private pages to the largest process.
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
  const timer = isKnown ? setInterval(sample, samplesEveryMilliseconds) : undefined;
  return {
    stop() {
      clearInterval(timer);
      return isKnown ? mostMegabytes : undefined;
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
