import { homedir } from "node:os";
import path from "node:path";

/** The user's cache folder for this package, by the platform's convention. */
export function cacheFolderOf(env = process.env, platform = process.platform, home = homedir()) {
  if (platform === "win32" && env.LOCALAPPDATA) {
    return path.win32.join(env.LOCALAPPDATA, "pulumi-windows-kms");
  }
  return path.join(env.XDG_CACHE_HOME || path.join(home, ".cache"), "pulumi-windows-kms");
}
