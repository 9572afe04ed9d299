import assert from "node:assert/strict";
import { brief, messageOf, ofHost } from "./program";

describe("KMS host in a private subnet", () => {
  it("cannot be activated without an outbound method", () => {
    for (const network of [{ privateSubnet: true }, { privateSubnet: true, outbound: "none" as const }]) {
      const diagnostics = ofHost({ network });
      assert.deepEqual(brief(diagnostics), ["kms warning KMS2105 network.outbound"]);
      assert.match(messageOf(diagnostics, "KMS2105"), /NAT gateway .* stop and deallocate the machine once/);
    }
  });

  it("can with one, and elsewhere", () => {
    assert.deepEqual(ofHost({ network: { privateSubnet: true, outbound: "natGateway" } }), []);
    assert.deepEqual(ofHost({ network: { privateSubnet: false } }), []);
    assert.deepEqual(ofHost({ network: {} }), []);
  });

  it("needs none when its key is not activated over the Internet", () => {
    for (const activation of ["offline", "none"] as const) {
      assert.deepEqual(ofHost({ activation, network: { privateSubnet: true } }), []);
    }
  });
});
