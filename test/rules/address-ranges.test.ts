import assert from "node:assert/strict";
import {
  addressRange,
  coverage,
  coverageOfAll,
  isPrivateRange,
} from "../../provider/rules/azure-network/address-ranges";

const range = (text: string) => {
  const { family, from, to } = addressRange(text) ?? assert.fail(text);
  return { family, from, to };
};

describe("address ranges", () => {
  it("are read from addresses, prefixes and ranges of both families", () => {
    assert.deepEqual(range("10.0.0.7"), { family: 4, from: 0x0a000007n, to: 0x0a000007n });
    assert.deepEqual(range("10.0.0.7/24"), { family: 4, from: 0x0a000000n, to: 0x0a0000ffn });
    assert.deepEqual(range("0.0.0.0/0"), { family: 4, from: 0n, to: 0xffffffffn });
    assert.deepEqual(range("10.0.0.4-10.0.0.9"), { family: 4, from: 0x0a000004n, to: 0x0a000009n });
    assert.deepEqual(range("fd00::1"), { family: 6, from: (0xfdn << 120n) + 1n, to: (0xfdn << 120n) + 1n });
    assert.equal(range("::/0").to, (1n << 128n) - 1n);
    assert.equal(range("::ffff:10.0.0.1").from, 0xffff0a000001n);
    for (const none of [
      "VirtualNetwork",
      "*",
      "10.0.0.0/33",
      "10.0.0.0/",
      "10.0.0",
      "",
      "10.0.0.1-fd00::1",
    ]) {
      assert.equal(addressRange(none), undefined, none);
    }
  });

  it("cover one another wholly, in part, or not at all", () => {
    const of = (outer: string, inner: string) => coverage(range(outer), range(inner));
    assert.equal(of("10.0.0.0/8", "10.20.0.0/16"), "all");
    assert.equal(of("10.20.0.0/16", "10.0.0.0/8"), "some");
    assert.equal(of("10.20.0.0/16", "10.20.0.0/16"), "all");
    assert.equal(of("10.20.0.0/16", "10.21.0.0/16"), "none");
    assert.equal(of("::/0", "10.0.0.1"), "none");
    const all = (outer: string[], inner: string[]) => coverageOfAll(outer.map(range), inner.map(range));
    assert.equal(all(["10.1.0.0/16", "10.2.0.0/16"], ["10.1.1.0/24", "10.2.1.0/24"]), "all");
    assert.equal(all(["10.1.0.0/16"], ["10.1.1.0/24", "10.2.1.0/24"]), "some");
    assert.equal(all([], ["10.1.1.0/24"]), "none");
  });

  it("are private as a whole or not", () => {
    assert.ok(isPrivateRange(range("10.20.0.0/16")));
    assert.ok(isPrivateRange(range("fd00::/8")));
    assert.ok(!isPrivateRange(range("10.0.0.0/7")));
    assert.ok(!isPrivateRange(range("20.118.99.224/32")));
  });
});
