import assert from "node:assert/strict";
import { refuseResize } from "../../provider/group/autoscaled-capacity";
import { scaleSetLab, setId } from "./scale-set-lab";

describe("the update of an autoscaled scale set", function () {
  this.timeout(30_000);
  const lab = scaleSetLab();
  const update = (capacity?: number) =>
    refuseResize({
      id: setId,
      name: "farm-scale-set",
      newInputs: capacity === undefined ? {} : { sku: { capacity } },
    });

  for (const mode of ["Flexible", "Uniform"] as const) {
    it(`is refused where it would send another number of instances than a ${mode} set has`, async () => {
      await lab.putSet(mode, 6);
      await update(6);
      await lab.arm.control.scale(setId, 9);
      await assert.rejects(update(6), {
        code: "KMS4055",
        message: /farm-scale-set has 9 instances.*send the 6 of the stack's state.*pulumi up --refresh/s,
      });
      await update(9);
      assert.equal((await lab.sets().get("rg", "web")).sku?.capacity, 9);
    });
  }

  it("goes on where there is no set any more, or the request has no number", async () => {
    await update(6);
    await lab.putSet("Flexible", 6);
    await update();
  });
});
