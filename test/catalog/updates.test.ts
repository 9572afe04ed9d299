import assert from "node:assert/strict";
import { findKeyGroup } from "../../provider/catalog/key-groups";
import {
  findImpossiblePair,
  requiredUpdates,
  updatesForKey,
  updateStatus,
} from "../../provider/catalog/updates";

const kbs = (host: string, client: string) => requiredUpdates(host, client).map(({ kb }) => kb);

describe("required updates", () => {
  const facts: [string, string, string, string[]][] = [
    ["R100", "Windows 7", "Windows 10", ["KB3079821"]],
    ["R101", "Windows Server 2008 R2", "Windows 10", ["KB3079821"]],
    ["R102", "Windows Server 2012", "Windows Server 2016", ["KB3172615"]],
    ["R103", "Windows 8.1", "Windows 10", ["KB3172614"]],
    ["R104", "Windows Server 2012 R2", "Windows Server 2016", ["KB3172614"]],
    ["R104", "Windows Server 2012 R2", "Windows Server Semi-Annual Channel", ["KB3172614"]],
    ["R104", "Windows Server 2012 R2", "Windows Server, version 1809", ["KB3172614"]],
    ["R102", "Windows Server 2012", "Windows Server, version 20H2", ["KB3172615"]],
    ["A-09", "Windows Server 2012 R2", "Windows Server 2019", ["KB4467695"]],
    ["A-23", "Windows Server 2016", "Windows Server 2019", ["KB4478877"]],
    ["A-20", "Windows Server 2022", "Windows Server 2025", ["KB5034770"]],
    ["A-07", "Windows Server 2012", "Windows Server 2019", []],
    ["A-08", "Windows 8.1", "Windows Server 2016", []],
    ["R099", "Windows Server 2019", "Windows Server 2016", []],
    ["R099", "Windows Server 2019", "Windows Server 2025", ["KB5034768"]],
    ["R099", "Windows Server 2019", "Windows Server 2022", ["KB5003646"]],
    ["R099", "Windows Server 2016", "Windows Server 2022", ["KB5003638"]],
  ];
  for (const [requirement, host, client, expected] of facts) {
    it(`${requirement}: ${host} activates ${client} with ${expected.join() || "no update"}`, () => {
      assert.deepEqual(kbs(host, client), expected);
    });
  }

  it("R105: no update makes Windows Server 2008 R2 activate Windows Server 2016 or newer", () => {
    const pair = (client: string) => findImpossiblePair("Windows Server 2008 R2", client)?.requirements;
    assert.deepEqual(pair("Windows Server 2016"), ["R105"]);
    assert.deepEqual(pair("Windows Server 2025"), ["R105"]);
    assert.deepEqual(pair("Windows Server, version 1809"), ["R105"]);
    assert.equal(pair("Windows Server 2012 R2"), undefined);
  });
});

describe("updateStatus", () => {
  const [update] = requiredUpdates("Windows Server 2016", "Windows Server 2019");
  const [rollup] = requiredUpdates("Windows Server 2012 R2", "Windows Server 2016");

  it("is met by the update, by a later one of the catalogue, or by the build", () => {
    assert.equal(updateStatus(update, { kbs: ["kb4478877"] }), "met");
    assert.equal(updateStatus(update, { kbs: ["KB5003638"] }), "met");
    assert.equal(updateStatus(update, { build: "14393.2641" }), "met");
    assert.equal(updateStatus(update, { build: "14393.10000" }), "met");
    assert.equal(updateStatus(rollup, { kbs: ["KB4467695"] }), "met");
  });

  it("is missing only when the build says so", () => {
    assert.equal(updateStatus(update, { build: "14393.2640" }), "missing");
    assert.equal(updateStatus(update, { kbs: ["KB1111111"] }), "unknown");
    assert.equal(updateStatus(rollup, { build: "9600.1" }), "unknown");
    assert.equal(updateStatus(update, {}), "unknown");
  });
});

describe("updatesForKey", () => {
  const needed = (os: string, keyGroup: string) =>
    updatesForKey(os, findKeyGroup(keyGroup)!)
      .map(({ kb }) => kb)
      .sort();

  it("names the updates by which a host comes to know a newer key, without those that another contains", () => {
    assert.deepEqual(needed("Windows Server 2012 R2", "Windows Server 2019"), ["KB4467695"]);
    assert.deepEqual(needed("Windows Server 2012 R2", "Windows Server 2016"), ["KB3172614"]);
    assert.deepEqual(needed("Windows Server 2022", "Windows Server 2025"), ["KB5034770"]);
    assert.deepEqual(needed("Windows Server 2022", "Windows Server 2022"), []);
  });
});
