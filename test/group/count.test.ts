import assert from "node:assert/strict";
import { memberState } from "../../provider/group/member";
import { hostState } from "../../provider/host/observed";
import { observeHostPlan } from "../../provider/host/plan";
import {
  activate,
  advanceDays,
  boot,
  bootClients,
  bootHost,
  desiredClientState,
  ensureClient,
  server2022,
  type TestLab,
  testLab,
  windows10,
} from "../lab/windows/test-lab";

/** The count as the package reads it off a KMS host. */
const countOf = ({ fleet }: TestLab, host: string) =>
  hostState(fleet.runLicensingPlan(host, observeHostPlan(), {})).currentCount;

/** A machine that asks once, as the package sees it afterwards. */
function ask(lab: TestLab, name: string, system = server2022) {
  const id = boot(lab, name, system);
  const answer = ensureClient(lab, id, system.setupKey);
  return memberState(
    { name, azureVmId: id },
    desiredClientState(system.setupKey!),
    answer,
    (hresult) => hresult,
  );
}

describe("count of a KMS host, as the package reads it", () => {
  it("R112: is that of the computers that ask for activation", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    assert.equal(countOf(lab, host), 0);
    bootClients(lab, 3);
    assert.equal(countOf(lab, host), 3);
  });

  it("R113: is that of recent requests: who has not asked for 30 days is no longer counted", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    bootClients(lab, 7)
      .slice(0, 3)
      .forEach((id) => lab.fleet.stop(id));
    advanceDays(lab, 31);
    assert.equal(countOf(lab, host), 4);
  });

  it("R114, R120: counts each machine ID once, however often it asks", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    const [first] = bootClients(lab, 2);
    activate(lab, first);
    activate(lab, first);
    bootClients(lab, 5, "clone", { ...server2022, clientMachineId: "5ab2e4c5-0000-4000-8000-000000000001" });
    assert.equal(countOf(lab, host), 3);
  });

  it("R115: is returned in the answer, which each member shows", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    assert.deepEqual(
      ["a", "b", "c"].map((name) => ask(lab, name).currentCount),
      [1, 2, 3],
    );
  });

  it("R116, R118: activates servers at 5 and not at 4", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    bootClients(lab, 3);
    assert.equal(ask(lab, "fourth").status, "Pending");
    assert.equal(ask(lab, "fifth").status, "Licensed");
  });

  it("R116, R117: activates clients at 25 and not at 24", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    bootClients(lab, 23, "pc", windows10);
    assert.equal(ask(lab, "pc24", windows10).status, "Pending");
    assert.equal(ask(lab, "pc25", windows10).status, "Licensed");
  });

  it("R122, A-11: never passes 50, nor 10 while only servers ask", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms");
    bootClients(lab, 12);
    assert.equal(countOf(lab, host), 10);
    bootClients(lab, 51, "pc", windows10);
    assert.equal(countOf(lab, host), 50);
  });
});
