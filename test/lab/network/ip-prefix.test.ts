import assert from "node:assert/strict";
import fc from "fast-check";
import {
  covers,
  inRange,
  ipNumber,
  ipRange,
  ipText,
  overlaps,
} from "../../../provider/lab/network/ip-prefix";

describe("lab/arm IPv4 ranges", () => {
  it("reads prefixes, addresses and bounds", () => {
    assert.deepEqual(ipRange("10.0.1.77/24"), { first: ipNumber("10.0.1.0"), last: ipNumber("10.0.1.255") });
    assert.deepEqual(ipRange("10.0.1.7"), { first: ipNumber("10.0.1.7"), last: ipNumber("10.0.1.7") });
    assert.deepEqual(ipRange("10.0.0.1-10.0.0.9"), {
      first: ipNumber("10.0.0.1"),
      last: ipNumber("10.0.0.9"),
    });
    assert.deepEqual(ipRange("0.0.0.0/0"), { first: 0, last: 2 ** 32 - 1 });
  });

  it("refuses everything else", () => {
    for (const text of [
      "",
      "10.0.0",
      "10.0.0.256",
      "10.0.0.0/33",
      "10.0.0.0/8/8",
      "10.0.0.9-10.0.0.1",
      "web",
      "::1",
    ]) {
      assert.equal(ipRange(text), undefined, text);
    }
  });

  it("writes each address as it was read", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        assert.equal(ipText(ipNumber(address)!), address);
      }),
    );
  });

  it("has an address in its own prefix of any length", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, length) => {
        const range = ipRange(`${address}/${length}`)!;
        assert.ok(inRange(range, ipNumber(address)!));
        assert.equal(range.last - range.first + 1, 2 ** (32 - length));
      }),
    );
  });

  it("compares ranges", () => {
    const [whole, part, other] = ["10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16"].map((text) => ipRange(text)!);
    assert.deepEqual([covers(whole, part), covers(part, whole), covers(whole, other)], [true, false, false]);
    assert.deepEqual([overlaps(part, whole), overlaps(whole, other)], [true, false]);
  });
});
