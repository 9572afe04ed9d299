import assert from "node:assert/strict";
import { parseDnsServer } from "../../provider/srv/dns-transport";

describe("srv/dns-transport", () => {
  it("reads addresses and names, with and without a port", () => {
    assert.deepEqual(parseDnsServer("10.0.0.4"), { host: "10.0.0.4", port: 53 });
    assert.deepEqual(parseDnsServer("10.0.0.4:5353"), { host: "10.0.0.4", port: 5353 });
    assert.deepEqual(parseDnsServer("dc1.corp.example:65535"), { host: "dc1.corp.example", port: 65535 });
    assert.deepEqual(parseDnsServer("[::1]:53"), { host: "::1", port: 53 });
    assert.deepEqual(parseDnsServer("[2001:db8::4]"), { host: "2001:db8::4", port: 53 });
  });

  it("refuses anything else", () => {
    for (const text of [
      "",
      "::1",
      "[10.0.0.4]",
      "10.0.0.256",
      "10.0.0.4:0",
      "10.0.0.4:65536",
      "a b",
      "[::1",
    ]) {
      assert.equal(parseDnsServer(text), undefined, text);
    }
  });
});
