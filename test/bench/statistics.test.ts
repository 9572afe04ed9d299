import assert from "node:assert/strict";
import { growthExponent, median, perUnitRatio } from "./shared/statistics";

const samples = (time: (size: number) => number) =>
  [100, 1_000, 10_000].map((size) => ({ size, milliseconds: time(size) }));
const near = (value: number, expected: number) =>
  assert.ok(Math.abs(value - expected) < 1e-9, `${value} is not ${expected}`);

describe("median", () => {
  it("is the middle value in numeric order, not in the order of text", () =>
    assert.equal(median([100, 9, 20]), 20));
  it("is the mean of the two middle values", () => assert.equal(median([4, 1, 3, 2]), 2.5));
  it("does not change its argument", () => {
    const values = [3, 1, 2];
    median(values);
    assert.deepEqual(values, [3, 1, 2]);
  });
});

describe("growth", () => {
  it("has exponent 1 and ratio 1 when it is linear", () => {
    const linear = samples((size) => 0.04 * size);
    near(growthExponent(linear), 1);
    near(perUnitRatio(linear), 1);
  });

  it("has exponent 2 when it is quadratic, and a hundred times the time per unit", () => {
    const quadratic = samples((size) => 0.001 * size ** 2);
    near(growthExponent(quadratic), 2);
    near(perUnitRatio(quadratic), 100);
  });

  it("does not depend on the order of the samples", () => {
    const mixed = samples((size) => size * Math.log(size)).reverse();
    near(perUnitRatio(mixed), 2);
    near(growthExponent(mixed), growthExponent([...mixed].reverse()));
  });
});
