import assert from "node:assert/strict";
import { ensureHostPlan } from "../../provider/host/plan";
import { officeGroup } from "../../provider/catalog/key-groups";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { bootHost, desiredClientState, desiredHostState, machineId, testLab } from "../lab/windows/test-lab";
import { tally, testFleet, rollOutFleet } from "./rollout-fixture";

/** Microsoft's public setup key of Office LTSC Professional Plus 2024. */
const setupKey = "XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB";
const office = "Office LTSC 2024";

/** A lab with a KMS host for Office, and machines with Office. */
function officeFleet(size: number) {
  const lab = testLab();
  const id = bootHost(lab, "kms");
  const { name, activationId } = officeGroup(office)!;
  const { productKey } = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === name)!;
  lab.fleet.installLicensePack(id, office);
  lab.fleet.runLicensingPlan(id, ensureHostPlan({ ...desiredHostState(productKey), activationId }), {
    productKey,
  });
  const fleet = testFleet(lab, size);
  fleet.members.forEach((member) =>
    lab.fleet.installOffice(machineId(member.name), office, "Office LTSC Professional Plus 2024"),
  );
  return fleet;
}

const toOffice = {
  desired: { ...desiredClientState(setupKey), office: true },
  policy: { office, officeProduct: "Office LTSC Professional Plus 2024", setupKey },
};

describe("the rollout of Office clients", () => {
  it("activates n machines with n + 4 requests", async () => {
    const { states, activationRequests } = await rollOutFleet(officeFleet(6), toOffice);
    assert.deepEqual(tally(states), { Licensed: 6 });
    assert.equal(activationRequests, 10);
  });

  it("leaves four machines pending, with the count that the host answered with", async () => {
    const { states, activationRequests } = await rollOutFleet(officeFleet(4), toOffice);
    assert.deepEqual(tally(states), { Pending: 4 });
    assert.equal(Math.max(...states.map(({ currentCount = 0 }) => currentCount)), 4);
    assert.equal(activationRequests, 4);
  });

  it("reports what a machine without the volume edition needs", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const { states } = await rollOutFleet(testFleet(lab, 1), toOffice);
    assert.deepEqual(tally(states), { Failed: 1 });
    assert.match(
      states[0].error!,
      /^0xC004F050 .* This key needs a volume edition of Office LTSC 2024 on the machine: retail/,
    );
  });
});
