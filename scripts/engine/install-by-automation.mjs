import { withLock } from "../shared/lock.mjs";
import { say, sayingProgress } from "../shared/say.mjs";

/** Lets the Automation API install the official CLI, of the version of its own package, below `root`. */
export async function installByAutomation(root) {
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  say(`installing Pulumi from get.pulumi.com into ${root}, once for this user`);
  await withLock(`${root}.lock`, "installing Pulumi", () =>
    sayingProgress("installing Pulumi", () => PulumiCommand.install({ root })),
  );
}
