import assert from "node:assert/strict";
import { explainHresult } from "../../provider/catalog/hresults";

describe("explainHresult", () => {
  const facts: [string, "host" | "client", string, RegExp][] = [
    ["0xC004F038", "client", "SL_E_VL_NOT_ENOUGH_COUNT", /counts too few machines/],
    ["0xC004F042", "client", "SL_E_VL_KEY_MANAGEMENT_SERVICE_ID_MISMATCH", /does not serve this product/],
    ["0xC004F074", "client", "SL_E_VL_BINDING_SERVICE_UNAVAILABLE", /no KMS host could be contacted/],
    ["0xC004C008", "host", "SL_E_CHPA_MAXIMUM_UNLOCK_EXCEEDED", /no activation left/],
    ["0xC004F06C", "client", "SL_E_VL_INVALID_TIMESTAMP", /more than 4 hours/],
    ["0xC004F069", "client", "SL_E_MISMATCHED_PRODUCT_SKU", /another edition/],
    ["0xC0020017", "client", "RPC_NT_SERVER_UNAVAILABLE", /could not be contacted/],
    ["0x8007007B", "client", "ERROR_INVALID_NAME", /DNS suffix/],
    ["0xC004FD01", "client", "SL_E_IA_INVALID_VIRTUALIZATION_PLATFORM", /AVMA/],
  ];
  for (const [hresult, side, name, meaning] of facts) {
    it(`explains ${hresult} on a ${side}`, () => {
      const explained = explainHresult(hresult, side);
      assert.equal(explained.name, name);
      assert.match(explained.meaning, meaning);
    });
  }

  it("gives the remedy of the side", () => {
    assert.match(explainHresult("0xC004F015", "host").remedy, /KMS host key/);
    assert.match(explainHresult("0xC004F015", "client").remedy, /setup key/);
  });

  it("reads digits of either case", () => {
    assert.equal(explainHresult("0xc004f038", "client").hresult, "0xC004F038");
  });

  it("says honestly that a code is unknown, and how to look it up", () => {
    const explained = explainHresult("0xC0FFEE00", "host");
    assert.equal(explained.hresult, "0xC0FFEE00");
    assert.match(explained.remedy, /slui\.exe 0x2a 0xC0FFEE00/);
  });
});

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
    assert.match(
      unreachable.remedy,
      /azureKmsRouteTableId.*explicit outbound method.*stopped and deallocated/,
    );
    assert.match(explainHresult("0xC004F038", "azureKms").meaning, /Azure's own has no threshold/);
    assert.equal(
      explainHresult("0xC004F06C", "azureKms").remedy,
      explainHresult("0xC004F06C", "client").remedy,
    );
    assert.equal(explainHresult("0xC004F074", "host").meaning, "no KMS host could be contacted");
  });
});
