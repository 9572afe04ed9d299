import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";

/** Names that Pulumi gives project files. */
const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/**
 * The folder that the engine runs the program of `cwd` in, which relative ledgers are relative to: that of `main` in
 * the project file, which is in `cwd` or above it. `cwd` itself when there is no project.
 */
export async function programFolder(cwd: string): Promise<string> {
  const project = projectFolder(cwd);
  if (project === undefined) {
    return cwd;
  }
  const workspace = await LocalWorkspace.create({ workDir: project });
  const main = path.resolve(project, (await workspace.projectSettings()).main ?? ".");
  return statSync(main, { throwIfNoEntry: false })?.isDirectory() === false ? path.dirname(main) : main;
}

function projectFolder(folder: string): string | undefined {
  if (projectFiles.some((name) => existsSync(path.join(folder, name)))) {
    return folder;
  }
  const parent = path.dirname(folder);
  return parent === folder ? undefined : projectFolder(parent);
}
