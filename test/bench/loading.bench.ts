// What the package adds to a program that has loaded @pulumi/pulumi, each time in a fresh process.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { report } from "./shared/figure";
import { median } from "./shared/statistics";

/** What `shared/load-package.cjs` prints. */
interface Loaded {
  milliseconds: number;
  rssMegabytes: number;
  heapMegabytes: number;
  modules: number;
}

const runs = 7;
const script = join(__dirname, "shared", "load-package.cjs");

const load = (): Loaded =>
  JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8", env: withoutLoader() }),
  ) as Loaded;

/** The package is loaded as it is built, without the TypeScript loader of this process. */
function withoutLoader(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return env;
}

load();
const loads = Array.from({ length: runs }, load);
const [{ modules }] = loads;
for (const [name, key, unit] of [
  ["loading/time", "milliseconds", "ms"],
  ["loading/rss", "rssMegabytes", "MB"],
  ["loading/heap", "heapMegabytes", "MB"],
] as const) {
  report({ name, value: median(loads.map((loaded) => loaded[key])), unit, modules, runs });
}
