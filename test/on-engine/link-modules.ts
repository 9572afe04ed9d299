import { mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";

/** Gives a project the repository's dependencies and the package itself, without an installation. */
export async function linkModules(repository: string, project: string): Promise<void> {
  const from = path.join(repository, "node_modules");
  const to = path.join(project, "node_modules");
  await mkdir(to);
  const names = (await readdir(from)).filter((name) => name !== "pulumi-windows-kms");
  await Promise.all(names.map((name) => symlink(path.join(from, name), path.join(to, name))));
  await symlink(repository, path.join(to, "pulumi-windows-kms"));
}
