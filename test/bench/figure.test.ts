import assert from "node:assert/strict";
import { figureLine } from "./shared/figure";

describe("line of a figure", () => {
  it("is JSON with name, value and unit first", () => {
    assert.equal(
      figureLine({ name: "loading/time", value: 31, unit: "ms", runs: 7, sizes: [100, 1000] }),
      '{"name":"loading/time","value":31,"unit":"ms","runs":7,"sizes":[100,1000]}',
    );
  });

  it("has four significant digits of a fraction and all digits of a whole number", () => {
    assert.equal(
      figureLine({ name: "x", value: 0.0240512, unit: "ms", resources: 100_001 }),
      '{"name":"x","value":0.02405,"unit":"ms","resources":100001}',
    );
  });
});
