import assert from "node:assert/strict";
import { type LimitName, limitEntries, limits } from "../../provider/catalog/limits";

describe("limits", () => {
  const facts: [string, LimitName, number][] = [
    ["R107", "redundancyClients", 50],
    ["R108", "recommendedHosts", 2],
    ["R117", "clientThreshold", 25],
    ["R118", "serverThreshold", 5],
    ["R119", "officeThreshold", 5],
    ["R121", "countWindowDays", 30],
    ["R122", "countCacheClient", 50],
    ["R123", "activationValidityDays", 180],
    ["R124", "activationValidityDays", 180],
    ["R125", "renewalIntervalMinutes", 7 * 24 * 60],
    ["R127", "kmsPort", 1688],
    ["R132", "hostsPerKey", 1 + 5],
    ["R133", "reactivationsPerHost", 9],
    ["R133", "activationsPerHost", 1 + 9],
    ["R133", "reactivationWarning", 7],
    ["R134", "hostsPerKey", 6],
  ];
  for (const [requirement, name, value] of facts) {
    it(`${requirement}: ${name} is ${value}`, () => {
      assert.equal(limits[name], value);
      assert.ok(limitEntries[name].requirements?.includes(requirement));
    });
  }

  it("has what newer pages add", () => {
    assert.equal(limits.activationIntervalMinutes, 120);
    assert.equal(limits.countCacheServer, 10);
    assert.equal(limits.officeCountCache, 10);
    assert.equal(limits.clockSkewHours, 4);
    assert.equal(limits.graceDays, 30);
    assert.deepEqual([limits.twoHostsClients, limits.twoHostsServers], [65, 17]);
  });

  it("says of a number that no page gives where it comes from", () => {
    const without = Object.entries(limitEntries).filter(([, { source }]) => source === undefined);
    assert.deepEqual(
      without.map(([name, { basis }]) => [name, basis]),
      [
        ["reactivationWarning", "chosen"],
        ["twoHostsClients", "computed"],
        ["twoHostsServers", "computed"],
      ],
    );
  });

  it("cites the page that says the number", () => {
    assert.match(limitEntries.clockSkewHours.source!, /error-0xc004f06c-activate-windows$/);
    assert.match(limitEntries.commandLineCharacters.source!, /command-line-string-limitation$/);
  });

  it("has the odds of two hosts right, which are computed", () => {
    const both = (clients: number, threshold: number) => {
      let below = 0;
      let ways = 1;
      for (let asked = 0; asked <= clients; asked++) {
        below += asked >= threshold && clients - asked >= threshold ? ways / 2 ** clients : 0;
        ways = (ways * (clients - asked)) / (asked + 1);
      }
      return below;
    };
    for (const [name, threshold] of [
      ["twoHostsClients", limits.clientThreshold],
      ["twoHostsServers", limits.serverThreshold],
    ] as const) {
      assert.ok(both(limits[name], threshold) >= 0.95, name);
      assert.ok(both(limits[name] - 1, threshold) < 0.95, name);
    }
  });

  it("has the ranges that Windows accepts", () => {
    const range = (name: LimitName) => [limitEntries[name].minimum, limitEntries[name].maximum];
    assert.deepEqual(range("kmsPort"), [1, 65535]);
    assert.deepEqual(range("activationIntervalMinutes"), [15, 43200]);
    assert.deepEqual(range("renewalIntervalMinutes"), [15, 43200]);
  });
});
