import assert from "node:assert/strict";
import fc from "fast-check";
import type { LicensingAnswer, LicensingPlan } from "../../../provider/machine/licensing-plan";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import { builtPlans } from "./lab-plans";
import { buildMachine, type MachineState, machineStates, type PlanRun } from "./lab-states";
import { labWindows, missingCommands } from "./lab-windows";
import { scriptRunner, standInsForSuite } from "./licensing-script";
import { describeInPowerShell } from "./powershell";
import type { Run } from "./stand-ins";
import { CommandFailure } from "./windows";

/** `SEED=n CASES=n npx mocha test/machine/pwsh/failing-commands.test.ts` fails the commands of other plans. */
const seed = Number(process.env.SEED ?? 20_261_130);
const plansOfEach = Number(process.env.CASES ?? 3);

const spellings = (secret: string) => [
  secret,
  secret.toLowerCase(),
  secret.replaceAll("-", ""),
  secret.replaceAll("-", " "),
  secret.slice(0, 20),
];

/** How commands fail: as CIM, as Win32, and as .NET, with a text that quotes the secrets. */
const failures = [
  { id: "HRESULT 0x80041001", hresult: "0x80041001", type: "CimException" as const },
  { id: "Windows System Error 1726", hresult: "0x800706BE", type: "CimException" as const },
  {
    id: "System.InvalidOperationException",
    hresult: "0x80131509",
    inner: 0x800705b4,
    expected: "0x800705B4",
  },
];

/** Methods of .NET, which are no commands, and by what PowerShell names their failures. */
const methods: Partial<Record<string, string>> = {
  "RegistryKey.Flush": "ScriptMethodRuntimeException",
  "KeyPair.Open": "ConstructorInvokedThrowException",
  "KeyPair.Decrypt": "ScriptMethodRuntimeException",
  "KeyPair.Remove": "ScriptMethodRuntimeException",
};

function failureFor(call: number, secrets: string[]) {
  const {
    id,
    hresult,
    type = "System.Exception" as const,
    inner,
    expected,
  } = failures[call % failures.length];
  const message = `Es ging nicht: ${secrets.flatMap(spellings).join(", ")}`;
  const details = {
    type,
    ...(inner !== undefined && { innerHresult: inner, hresult: Number(hresult) }),
  };
  return {
    id,
    hresult: expected ?? hresult,
    failure: new CommandFailure(id, "NotSpecified", message, details),
  };
}

describeInPowerShell(`machine/licensing.ps1 on a Windows whose commands fail (seed ${seed})`, function () {
  this.timeout(600_000);
  const run = scriptRunner(standInsForSuite());

  const start = (
    state: MachineState,
    { plan, secrets }: PlanRun,
    fault?: { call: number; failure: CommandFailure },
  ) => {
    const { machine, world, now } = buildMachine(state);
    return run(labWindows(machine, world, now), plan, secrets, { missing: missingCommands(machine), fault });
  };

  /** Of some generated plans and machines those on which the script changes most. */
  async function busiest(generated: fc.Arbitrary<PlanRun>) {
    const cases = fc.sample(fc.tuple(machineStates(fc.constant([])), generated), {
      seed,
      numRuns: 6 * plansOfEach,
    });
    const runs: { state: MachineState; planRun: PlanRun; whole: Run }[] = [];
    for (const [state, planRun] of cases) {
      runs.push({ state, planRun, whole: await start(state, planRun) });
    }
    const changes = ({ whole }: (typeof runs)[number]) => whole.calls.filter(({ change }) => change).length;
    return runs.sort((left, right) => changes(right) - changes(left)).slice(0, plansOfEach);
  }

  for (const [name, generated] of Object.entries(builtPlans)) {
    it(`tells of each command that fails in ${name}, and loses nothing`, async () => {
      for (const { state, planRun, whole } of await busiest(generated)) {
        for (let call = 0; call < whole.calls.length; call += 1) {
          const secrets = Object.values(planRun.secrets);
          // A method of .NET fails as .NET does; PowerShell names its failure by the exception.
          const { command } = whole.calls[call];
          const thrown = methods[command];
          const { failure, id, hresult } = failureFor(thrown === undefined ? call : 2, secrets);
          const failed = await start(state, planRun, { call, failure });
          const where = `call ${call}: ${whole.calls[call].command} ${whole.calls[call].about ?? ""}`;
          assertMasked(failed, secrets, where);
          assertReported(failed, planRun.plan, call, { id: thrown ?? id, hresult }, where);
        }
      }
    });
  }
});

const letters = (text: string) => text.replace(/[^A-Za-z0-9]/g, "").toUpperCase();

function assertMasked({ stdout, stderr }: Run, secrets: string[], where: string): void {
  const shown = letters(stdout + stderr);
  for (const secret of secrets.map(letters)) {
    assert.ok(
      !shown.includes(secret.slice(0, 16)) && !shown.includes(secret.slice(-16)),
      `${where}: ${stdout}${stderr}`,
    );
  }
}

function assertReported(
  failed: Run,
  plan: LicensingPlan,
  call: number,
  { id, hresult }: { id: string; hresult: string },
  where: string,
): void {
  const changed = failed.calls.filter((one) => one.command === "Invoke-CimMethod" && one.failed !== true);
  if (failed.status !== 0) {
    assert.deepEqual(changed, [], `${where}: ${failed.stderr}`);
    assert.ok(failed.stderr.startsWith(id), `${where}: ${failed.stderr}`);
    assert.equal(failed.stdout, "");
    return;
  }
  const answer = decodeAnswer(failed.stdout, "kms1");
  const done = methodsOf(plan, answer);
  assert.deepEqual(
    done,
    changed.map(({ about }) => about),
    where,
  );
  const told = [...answer.operations, ...(answer.unreadable ?? [])].filter(
    (entry) => entry.hresult === hresult,
  );
  assert.ok(
    told.some(({ detail }) => detail?.startsWith(id)) || isRepeated(failed, call),
    `${where}: ${failed.stdout}`,
  );
}

/** The methods of CIM that the answer says were called. */
const methodsOf = ({ operations }: LicensingPlan, answer: LicensingAnswer) =>
  operations
    .filter(({ on }) => on === "service" || on === "product")
    .filter(({ id }) => answer.operations.some((result) => result.id === id && result.result === "done"))
    .map(({ method }) => method);

/** After a restart of the licensing service its state is read again where it does not answer at once. */
function isRepeated({ calls }: Run, call: number): boolean {
  const [failed, next] = calls.slice(call, call + 2);
  return (
    failed.command === "Get-CimInstance" &&
    next?.command === failed.command &&
    calls.slice(0, call).some(({ command }) => command === "Restart-Service")
  );
}
