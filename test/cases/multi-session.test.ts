import assert from "node:assert/strict";
import { explainProblem } from "../../provider/group/member-failure";
import { memberState } from "../../provider/group/member";
import { type DesiredClient, ensureClientPlan } from "../../provider/group/plan";
import { systemLimits } from "../../provider/group/system-policy";
import type { ClientActivationInputs } from "../../provider/group/state";
import { azureRunCommand } from "../../provider/machine/azure-run-command";
import type { LicensingAnswer } from "../../provider/machine/licensing-plan";
import { groupInputs } from "../group/group-inputs";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import {
  hostKey,
  publish,
  run,
  activate,
  boot,
  bootHost,
  group2022,
  install,
  testLab,
} from "../lab/windows/test-lab";

const azureKms = "azkms.core.windows.net";
const image = { publisher: "MicrosoftWindowsDesktop", version: "latest" };
const windows11 = { ...image, offer: "windows-11", sku: "win11-24h2-avd" };
const windows10 = { ...image, offer: "Windows-10", sku: "win10-22h2-avd-g2" };
const enterpriseKey = "NPPR9-FWDCX-D2C8J-H872K-2YT43";

describe("K22: session hosts with Enterprise multi-session", () => {
  let arm: Arm;
  before(async () => {
    arm = await startArm();
  });
  after(() => arm.close());

  let machines = 0;
  let subnetId: string | undefined;

  /** What an update says of a session host in a group. */
  async function update(imageReference: typeof windows11, changes: Partial<ClientActivationInputs>) {
    subnetId ??= await createNetwork(arm);
    machines += 1;
    const azureVmId = await createMachine(arm, `avd${machines}`, subnetId, undefined, imageReference);
    const policy = groupInputs(azureKms, { hosts: [], setupKey: "", ...changes });
    const desired: DesiredClient = {
      ...systemLimits(policy),
      discovery: "fixedHost",
      hostNames: policy.hostNames,
      host: policy.hostAddresses[0],
    };
    const run = (): Promise<LicensingAnswer> =>
      azureRunCommand(azureVmId, arm.compute).run(
        ensureClientPlan(desired),
        {},
        { deadline: Date.now() + 60_000 },
      );
    const context = { desired, policy };
    const stateOf = (answer: LicensingAnswer) =>
      memberState({ name: "avd", azureVmId }, desired, answer, (problem) =>
        explainProblem(problem, answer, context),
      );
    const answer = await run();
    return { answer, state: stateOf(answer), again: run };
  }

  const done = ({ operations }: LicensingAnswer) =>
    operations.flatMap(({ id, result }) => (result === "done" ? [id] : []));

  for (const [os, reference] of [
    ["Windows 11", windows11],
    ["Windows 10", windows10],
  ] as const) {
    for (const edition of ["Enterprise multi-session", "Enterprise for Virtual Desktops"]) {
      it(`K22: at update Azure's own KMS activates ${os} ${edition}, and no key is installed`, async () => {
        const { answer, state, again } = await update(reference, { os, edition });
        assert.equal(answer.machine.editionId, "ServerRdsh");
        assert.equal(state.status, "Licensed");
        assert.equal(state.edition, "Enterprise multi-session");
        assert.ok(!done(answer).includes("installKey"));
        assert.deepEqual(done(await again()), [], "a second update changes nothing");
      });
    }
  }

  it("K22: at update one that is taken for Enterprise is left as it is, and the text names both editions", async () => {
    const declared = { os: "Windows 11", edition: "Enterprise", setupKey: enterpriseKey };
    const { answer, state, again } = await update(windows11, declared);
    assert.deepEqual(done(answer), []);
    assert.equal(state.status, "Failed");
    assert.match(
      state.error!,
      /^KMS4016 .*runs Windows 11 Enterprise multi-session, but Windows 11 Enterprise is declared\..* may change Windows for good/,
    );
    assert.equal((await again()).machine.editionId, "ServerRdsh");
  });
});

describe("a session host of the lab", () => {
  const sessionHost = {
    osBuild: "26100.7171",
    editionId: "ServerRdsh",
    productType: 3 as const,
    serverFeatures: false,
    setupKey: undefined,
    channel: "Volume:GVLK" as const,
  };

  it("becomes another edition for good by the setup key of that edition", () => {
    const lab = testLab();
    const id = boot(lab, "avd1", sessionHost);
    assert.equal(install(lab, id, enterpriseKey), "done");
    assert.equal(run(lab, id, []).machine.editionId, "Enterprise");
    assert.notEqual(install(lab, id, hostKey(group2022)), "done");
  });

  it("is refused by a KMS host of one's own, also one of servers, as whose kind it reports itself", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    publish(lab, "kms");
    assert.equal(activate(lab, boot(lab, "avd1", sessionHost)), "0xC004F042");
  });
});
