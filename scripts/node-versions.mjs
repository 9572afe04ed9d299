import { bootstrap } from "./bootstrap.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { npm } from "./shared/run.mjs";
import { elapsed, say } from "./shared/say.mjs";

/** The even major versions that the package is for, the oldest that package.json allows first. */
export const nodeVersions = [20, 22, 24];

/** Loads the package, refuses an invalid program and runs a valid one: what differs between versions of Node. */
const testFile = "test/on-engine/kms-node-version.test.ts";

/** The versions besides the one that runs this, which `npm test` has tested. */
export const otherVersions = (running) =>
  nodeVersions.filter((version) => version !== Number(running.split(".")[0]));

/** Runs a program with another version of Node, which npm gets from its registry. */
const withNode = (version, args, options) =>
  npm(["exec", "--yes", `--package=node@${version}`, "--", "node", ...args], options);

async function main() {
  const engine = await bootstrap();
  const env = { ...engine.env, KMS_ENGINE_DIR: engine.dir };
  const outcomes = [];
  for (const version of otherVersions(process.versions.node)) {
    const startedAt = Date.now();
    const outcome = await outcomeOf(version, env);
    outcomes.push(outcome);
    say(`Node ${version}: ${outcome} (${elapsed(startedAt)})`);
  }
  return outcomes.includes("failed") ? 1 : 0;
}

/** Without a registry to get it from, a version is skipped and named. */
async function outcomeOf(version, env) {
  const { code: missing, output } = await withNode(version, ["--version"], { capture: true });
  if (missing !== 0) {
    return `skipped, since npm could not get it: ${npmErrorCode(output)}`;
  }
  const { code } = await withNode(version, ["node_modules/mocha/bin/mocha.js", testFile], {
    env,
    stdio: "inherit",
  });
  return code === 0 ? "passed" : "failed";
}

/** npm's own word for what went wrong, for example ECONNREFUSED. */
const npmErrorCode = (output) => /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? "no reason given";

if (isMain(import.meta.url)) {
  await runMain(main);
}
