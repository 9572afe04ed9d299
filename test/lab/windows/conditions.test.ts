import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { conditionFault, healthy } from "../../../provider/lab/windows/conditions";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";

const page = readFileSync(path.join(__dirname, "../../../docs/lab.md"), "utf8");

describe("conditions of the lab's machines", () => {
  it("are in its documentation, each with its default", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\| \S/gm)].map(([, name, value]) => [
      name,
      JSON.parse(value) as unknown,
    ]);
    assert.deepEqual(Object.fromEntries(rows), healthy());
  });

  it("are refused where they are no conditions, or of another type", () => {
    assert.equal(conditionFault({ clockSkewMinutes: -30, refuses: ["firewall Allow"] }), undefined);
    assert.equal(conditionFault({ clockSkewMinutes: "late" }), "clockSkewMinutes must be a number");
    assert.equal(conditionFault({ refuses: "all" }), "refuses must be a list of texts");
    assert.match(
      conditionFault({ ignoredFirewallProfiles: ["Home"] }) ?? "",
      /has Home, and must have some of/,
    );
  });

  describe("by the lab's control", () => {
    let arm: Arm;
    before(async () => {
      arm = await startArm();
      await createMachine(arm, "kms", await createNetwork(arm));
    });
    after(() => arm?.close());

    it("change what is named and give all", async () => {
      await arm.control.setMachineConditions("kms", { activationTypes: 1 });
      const all = await arm.control.setMachineConditions("kms", { unreadable: ["events"] });
      assert.deepEqual(all, { ...healthy(), activationTypes: 1, unreadable: ["events"] });
      await assert.rejects(
        arm.control.setMachineConditions("kms", { slow: true } as never),
        /KMS7102.*slow is not a condition/,
      );
    });
  });
});
