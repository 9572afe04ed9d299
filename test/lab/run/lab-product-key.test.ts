import assert from "node:assert/strict";
import labKeys from "../../../provider/lab/windows/lab-keys.json";
import { labProductKey } from "../../../provider/lab/run/lab-product-key";

describe("labProductKey", () => {
  it("is the invented key of the key group", () => {
    const [row] = labKeys.hostKeys;
    assert.equal(labProductKey(row.keyGroup), row.productKey);
  });

  it("has those of Office as well", () => {
    assert.equal(labProductKey("Office LTSC 2024 Volume License Pack"), labKeys.officeHostKeys[0].productKey);
  });

  it("fails when the lab has no key of that group, and names those that it has", () => {
    assert.throws(() => labProductKey("Windows 95"), {
      code: "KMS7012",
      message: /^KMS7012 the lab has no product key of the key group Windows 95; it has: .*2022/,
    });
  });
});
