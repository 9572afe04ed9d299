import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { create, diff, read, remove, update } from "../../provider/handlers";
import { scaleSetLab, setId } from "./scale-set-lab";

describe("the number of instances of an autoscaled scale set", function () {
  this.timeout(30_000);
  const lab = scaleSetLab();
  const inputs = (changes: object = {}) => ({
    kind: "ScaleSetCapacity" as const,
    scaleSetId: setId,
    capacity: 6,
    preview: false,
    ...changes,
  });
  const capacityOf = ({ outs }: { outs?: { capacity?: number } }) => outs?.capacity;
  const stored = (capacity: number) => inputs({ capacity });

  it("is the declared one where there is no such set", async () => {
    assert.equal(capacityOf(await create(inputs())), 6);
    assert.equal((await diff(setId, stored(9), inputs())).changes, true, "the set is gone, and begins again");
    assert.equal(capacityOf(await update(setId, stored(9), inputs())), 6);
    assert.equal((await read(setId, stored(9))).props.capacity, 9);
  });

  for (const mode of ["Flexible", "Uniform"] as const) {
    it(`K20: is the one of Azure for a ${mode} set, which a preview does not show as a difference`, async () => {
      await lab.putSet(mode, 6);
      assert.equal((await diff(setId, stored(6), inputs())).changes, false);
      await lab.arm.control.scale(setId, 9);
      assert.equal((await diff(setId, stored(6), inputs({ preview: true }))).changes, false);
      assert.equal((await diff(setId, stored(6), inputs())).changes, true);
      assert.equal(capacityOf(await update(setId, stored(6), inputs())), 9);
      assert.equal(
        (await diff(setId, stored(9), inputs())).changes,
        false,
        "the declared one is for a new set",
      );
      assert.equal((await read(setId, stored(6))).props.capacity, 9);
      assert.equal(capacityOf(await create(inputs())), 9, "a set of the same name is there already");
      await remove(setId, stored(9));
      assert.equal((await lab.sets().get("rg", "web")).sku?.capacity, 9);
    });
  }

  it("is not asked for as long as the name of the set is not known", async () => {
    const unknown = inputs({ scaleSetId: pulumi.runtime.unknownValue });
    assert.equal((await diff(setId, stored(6), unknown)).changes, false);
  });
});
