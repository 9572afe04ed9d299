import assert from "node:assert/strict";
import { KmsError, formatError } from "../../provider/errors/kms-error";

describe("text of an error", () => {
  it("is code, property, what is wrong and what to do", () => {
    assert.equal(
      new KmsError("KMS1003", { property: "port", values: { given: "0", allowed: "1 to 65535" } }).message,
      "KMS1003 port: 0 is not allowed. Specify 1 to 65535.",
    );
  });

  it("has one period where a value at the end of the message brings its own", () => {
    const values = { failed: 1, all: 6, name: "web", members: "\n  web2: it is off. Start it." };
    assert.match(formatError("KMS4004", { values }), /Start it\. The other members are done\./);
  });

  it("is refused for a code that does not exist", () => {
    assert.throws(() => formatError("KMS0000"), /no such error code: KMS0000/);
  });
});
