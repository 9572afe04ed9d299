import assert from "node:assert/strict";
import fc from "fast-check";
import { overlapsOf } from "../../../provider/rules/azure/address-prefixes";
import {
  type AddressPrefix,
  addressPrefix,
  networkOf,
} from "../../../provider/rules/azure-network/address-ranges";

describe("blocks of addresses", () => {
  const networks: [prefix: string, network: string][] = [
    ["10.20.5.68/27", "10.20.5.64/27"],
    ["10.20.5.68", "10.20.5.68/32"],
    ["255.255.255.255/0", "0.0.0.0/0"],
    ["fd00:db8:20::1/48", "fd00:db8:20::/48"],
    ["2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1/128"],
    ["::ffff:10.0.0.1/128", "::ffff:a00:1/128"],
    ["::1/0", "::/0"],
    ["::", "::/128"],
    ["1::", "1::/128"],
    ["::1", "::1/128"],
    ["1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0/128"],
  ];
  for (const [prefix, network] of networks) {
    it(`${prefix} lies in ${network}`, () => assert.equal(networkOf(addressPrefix(prefix)!), network));
  }

  it("are nothing else", () => {
    for (const text of [
      "",
      "10.0.0.0/",
      "10.0.0.0/33",
      "::/129",
      "10.0.0/8",
      "fe80::1%eth0",
      "a/b",
      "10.0.0.0/-1",
    ]) {
      assert.equal(addressPrefix(text), undefined, text);
    }
  });

  it("overlap exactly where one has an address of another", () => {
    const prefix = fc
      .tuple(fc.nat({ max: 15 }), fc.integer({ min: 26, max: 32 }))
      .map(([last, length]) => addressPrefix(`10.0.0.${last}/${length}`)!);
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 6 }), (prefixes) => {
        const within = (inner: AddressPrefix, outer: AddressPrefix) =>
          outer.from <= inner.from && inner.to <= outer.to;
        const isEqual = (one: AddressPrefix, other: AddressPrefix) => networkOf(one) === networkOf(other);
        const contained = prefixes.flatMap((one, place) =>
          prefixes.some(
            (other, at) => at !== place && within(one, other) && (!isEqual(one, other) || at < place),
          )
            ? [place]
            : [],
        );
        const found = overlapsOf(prefixes).flatMap(({ inner }) => inner);
        assert.deepEqual(
          found.sort((a, b) => a - b),
          contained,
        );
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
