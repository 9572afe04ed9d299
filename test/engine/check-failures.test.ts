import assert from "node:assert/strict";
import { checkFailures } from "../../provider/engine/handler";

describe("check failures", () => {
  it("name no property, whose value the engine would print, and hold errors only", () => {
    const failures = checkFailures([
      {
        code: "KMS1101",
        path: "key.productKey",
        severity: "error",
        message: "KMS1101 key.productKey: wrong",
      },
      { code: "KMS2104", path: "os", severity: "warning", message: "KMS2104 os: old" },
    ]);
    assert.deepEqual(failures, [{ property: "", reason: "KMS1101 key.productKey: wrong" }]);
  });
});
