import assert from "node:assert/strict";
import { brief, messageOf, ofGroup } from "./program";

describe("R127: way from the members to a KMS host", () => {
  it("R127: does not exist to a created host that lets nobody in", () => {
    const diagnostics = ofGroup({}, { created: true, clientPrefixes: [] });
    assert.deepEqual(brief(diagnostics), ["web error KMS2222 hosts[0]"]);
    assert.match(messageOf(diagnostics, "KMS2222"), /its network security group lets no member in/);
  });

  it("R127: is taken for granted where the host lets prefixes in, or is not of our making", () => {
    assert.deepEqual(ofGroup({}, { created: true, clientPrefixes: ["10.20.0.0/16"] }), []);
    assert.deepEqual(ofGroup({}, { created: false, clientPrefixes: [] }), []);
    assert.deepEqual(ofGroup({}, { created: true, clientPrefixes: undefined }), []);
  });
});
