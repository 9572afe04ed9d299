import path from "node:path";
import { pathToFileURL } from "node:url";

/** Variables that would lead the engine to the user's own login, stacks, plugins or Azure subscription. */
const usersOwn = /^(PULUMI|ARM|AZURE)_/i;

/** Environment of the engine's commands: the caller's, but what leads to the caller's own accounts, and the lab's. */
export function engineEnvironment(caller: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(caller).filter(([name]) => !usersOwn.test(name));
  // The engine writes an event log only in this mode.
  return { ...Object.fromEntries(kept), ...own, PULUMI_DEBUG_COMMANDS: "true" };
}

/** The lab's own part of it: a home and what `labEnvironment` has, all below `folder`. */
export function ownEnvironment(
  folder: string,
  passphrase: string,
  lab: Record<string, string>,
): Record<string, string> {
  return { ...labEnvironment(folder, passphrase, lab), PULUMI_HOME: path.join(folder, "home") };
}

/**
 * What leads a program to the lab and away from the user's own stacks and activations: a backend and a ledger below
 * `folder`, the passphrase of the backend's stacks, and the addresses of the lab. The engine would otherwise download
 * the plugin that the lab stands for (pulumi/pulumi#10572).
 */
export function labEnvironment(
  folder: string,
  passphrase: string,
  lab: Record<string, string>,
): Record<string, string> {
  return {
    ...lab,
    PULUMI_BACKEND_URL: pathToFileURL(path.join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_WINDOWS_KMS_LEDGER: pathToFileURL(path.join(folder, "ledger")).href,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
}
