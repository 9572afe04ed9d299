import { homedir } from "node:os";
import path from "node:path";

/** Environment variable that names the folder of the lab, as `--dir` does. */
export const folderVariable = "PULUMI_WINDOWS_KMS_LAB_DIR";

/** Where the lab of a user keeps its state, as the platform has it for what programs write for themselves. */
export function defaultStateFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  return path.join(baseFolder(env, platform, home), "pulumi-windows-kms", "lab");
}

function baseFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === "win32") {
    return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  }
  if (platform === "darwin") {
    return path.join(home, "Library", "Application Support");
  }
  // The specification of XDG takes absolute paths only.
  const given = env.XDG_STATE_HOME ?? "";
  return path.isAbsolute(given) ? given : path.join(home, ".local", "state");
}
