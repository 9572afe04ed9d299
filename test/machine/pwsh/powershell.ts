import { accessSync, constants } from "node:fs";
import path from "node:path";

const chosen = process.env.PULUMI_WINDOWS_KMS_PWSH;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const onPath = (process.env.PATH ?? "")
  .split(path.delimiter)
  .map((folder) => path.join(folder, "pwsh"))
  .find(isProgram);

/** PowerShell: the one that PULUMI_WINDOWS_KMS_PWSH names, else the one on the PATH. */
export const powerShell = chosen ?? onPath ?? "pwsh";

/** Whether there is a PowerShell. One that was named must be there: tests that need it then fail. */
const hasPowerShell = chosen !== undefined || onPath !== undefined;

/** A suite that needs PowerShell. Without one its tests are skipped, and listed at the end of the run. */
export function describeInPowerShell(title: string, body: (this: Mocha.Suite) => void): void {
  describe(`${title} in PowerShell`, function () {
    this.timeout(60_000);
    before(function () {
      if (!hasPowerShell) {
        this.skip();
      }
      if (!isProgram(powerShell)) {
        throw new Error(`there is no PowerShell at ${powerShell}, which PULUMI_WINDOWS_KMS_PWSH names`);
      }
    });
    body.call(this);
  });
}
