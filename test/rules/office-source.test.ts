import assert from "node:assert/strict";
import { officeSourceDiagnostics } from "../../provider/rules/office";

describe("machines of a group of Office clients", () => {
  it("exist already, since no image that the package uses has Office", () => {
    const [diagnostic] = officeSourceDiagnostics("vms", { office: "LTSC 2024" });
    assert.equal(`${diagnostic.severity} ${diagnostic.code} ${diagnostic.property}`, "error KMS2255 vms");
    assert.match(
      diagnostic.message,
      /no volume edition of Office LTSC 2024. Name machines that have Office with azureVmIds/,
    );
    assert.deepEqual(officeSourceDiagnostics(undefined, { office: "LTSC 2024" }), []);
    assert.deepEqual(officeSourceDiagnostics("vms", {}), []);
  });
});
