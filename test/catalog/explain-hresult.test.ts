import assert from "node:assert/strict";
import { explainHresult } from "../../provider/catalog/hresults";

describe("explained errors of activation", () => {
  it("R020: send the reader to the required updates of the KMS host, where those may be the cause", () => {
    assert.match(explainHresult("0xC004F042", "client").remedy, /required updates/);
    assert.match(explainHresult("0xC004F050", "host").remedy, /required updates/);
  });

  it("have a name, a meaning and a remedy, also where the code is not known", () => {
    assert.equal(explainHresult("0xC004F038", "client").name, "SL_E_VL_NOT_ENOUGH_COUNT");
    const unknown = explainHresult("0xC0FFEE00", "client");
    assert.equal(unknown.name, "unnamed");
    assert.match(unknown.remedy, /slui\.exe 0x2a 0xC0FFEE00/);
  });

  it("has words of its own for a client of Azure's own KMS, and those for clients otherwise", () => {
    const unreachable = explainHresult("0xC004F074", "azureKms");
    assert.equal(unreachable.meaning, "Azure's own KMS could not be contacted");
    assert.match(unreachable.remedy, /azureKmsRoutes.*explicit outbound method.*stopped and deallocated/);
    assert.match(explainHresult("0xC004F038", "azureKms").meaning, /Azure's own has no threshold/);
    assert.equal(
      explainHresult("0xC004F06C", "azureKms").remedy,
      explainHresult("0xC004F06C", "client").remedy,
    );
    assert.equal(explainHresult("0xC004F074", "host").meaning, "no KMS host could be contacted");
  });
});
