import { spawnSync } from "node:child_process";
import path from "node:path";

/** PowerShell: the one that PULUMI_WINDOWS_KMS_PWSH names, else the one on the PATH. */
export const pwsh = process.env.PULUMI_WINDOWS_KMS_PWSH ?? "pwsh";

/** Whether there is a PowerShell. */
export const hasPwsh = spawnSync(pwsh, ["-NoProfile", "-Command", "exit 0"]).status === 0;

/** Runs PowerShell on the stand-ins for Windows' commands; `log` has the changes that were made. */
export function runOnStandIns(model: object, variables: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(
    pwsh,
    ["-NoProfile", "-NonInteractive", "-File", path.join(__dirname, "stand-ins.ps1")],
    { encoding: "utf8", env: { ...process.env, LICENSING_MODEL: JSON.stringify(model), ...variables } },
  );
  return { status, stdout, stderr, log: /log: (.*)/.exec(stderr)?.[1] };
}
