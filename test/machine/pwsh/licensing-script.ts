import path from "node:path";
import type { LicensingPlan, LicensingSecrets } from "../../../provider/machine/licensing-plan";
import {
  confirmationIdParameter,
  encodePlan,
  planParameter,
  productKeyParameter,
  sealedKeyParameter,
} from "../../../provider/machine/licensing-script";
import { type Case, type Run, type StandIns, startStandIns } from "./stand-ins";
import type { Windows } from "./windows";

const script = path.join(__dirname, "../../../provider/machine/licensing.ps1");

/** Runs the licensing script in one PowerShell for all tests of the suite around it. */
export type RunScript = (
  windows: Windows,
  plan: LicensingPlan,
  secrets?: LicensingSecrets,
  more?: Partial<Case>,
) => Promise<Run>;

/** One PowerShell with stand-ins for a suite: started before its tests, ended after them. */
export function standInsForSuite(): StandIns {
  let standIns: StandIns | undefined;
  before(() => {
    standIns = startStandIns();
  });
  after(() => standIns?.stop());
  return {
    run: (windows, work) => standIns!.run(windows, work),
    stop: () => standIns?.stop(),
    kill: () => standIns?.kill(),
  };
}

/** Runs the licensing script on a Windows. */
export const scriptRunner =
  (standIns: StandIns): RunScript =>
  (windows, plan, secrets = {}, more = {}) =>
    standIns.run(windows, {
      script,
      parameters: {
        [planParameter]: encodePlan(plan),
        ...(secrets.productKey !== undefined && { [productKeyParameter]: secrets.productKey }),
        ...(secrets.sealedKey !== undefined && { [sealedKeyParameter]: secrets.sealedKey }),
        ...(secrets.confirmationId !== undefined && { [confirmationIdParameter]: secrets.confirmationId }),
      },
      ...more,
    });
