import assert from "node:assert/strict";
import { brief, group, host, diagnosticsOf } from "./program";

describe("R005: KMS hosts of a client group", () => {
  it("R005: one that the program does not have is an error that names it", () => {
    const diagnostics = diagnosticsOf([host()], [group({ hosts: ["kms", "kms9"], count: 40 })]);
    const [error] = diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(brief([error]), ["web error KMS2242 hosts[1]"]);
    assert.match(error.message, /the program has no KMSHost kms9\./);
  });
});
