import assert from "node:assert/strict";
import { isPublicPrefix } from "../../provider/rules/network";
import { brief, messageOf, ofHost } from "./program";

describe("R006: a KMS host stays on the own network", () => {
  it("R006: a prefix that reaches beyond it is an error that names it", () => {
    const diagnostics = ofHost({ clientPrefixes: ["10.20.0.0/16", "0.0.0.0/0", "Internet"] });
    assert.deepEqual(brief(diagnostics), [
      "kms error KMS2102 clientPrefixes[1]",
      "kms error KMS2102 clientPrefixes[2]",
    ]);
    assert.match(
      diagnostics[0].message,
      /clientPrefixes\[1\]: 0\.0\.0\.0\/0 lets the Internet reach the KMS port/,
    );
  });

  it("is not said of private prefixes", () => {
    assert.equal(messageOf(ofHost({ clientPrefixes: ["10.0.0.0/8"] }), "KMS2102"), "");
  });

  const prefixes: [string, boolean][] = [
    ["10.20.0.0/16", false],
    ["10.0.0.0/8", false],
    ["10.0.0.0/7", true],
    ["172.16.0.0/12", false],
    ["172.32.0.0/12", true],
    ["192.168.1.4", false],
    ["192.168.0.0/15", true],
    ["100.64.0.0/10", false],
    ["169.254.1.0/24", false],
    ["8.8.8.8", true],
    ["0.0.0.0/0", true],
    ["*", true],
    ["internet", true],
    ["VirtualNetwork", false],
    ["fc00::/7", false],
    ["fd12:3456::/32", false],
    ["fe80::1", false],
    ["::/0", true],
    ["2001:db8::/32", true],
  ];
  for (const [prefix, isPublic] of prefixes) {
    it(`${prefix} ${isPublic ? "reaches" : "does not reach"} beyond it`, () => {
      assert.equal(isPublicPrefix(prefix), isPublic);
    });
  }
});
