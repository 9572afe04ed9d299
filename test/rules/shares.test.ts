import assert from "node:assert/strict";
import type { HostFacts } from "../../provider/rules/facts";
import { brief, diagnosticsOf, group, type GroupChanges, host, members, messageOf } from "./program";

describe("the share of each host of a group", () => {
  const hosts = (...records: { priority?: number; weight?: number }[]) =>
    records.map((record, place) =>
      host({
        name: `kms${place}`,
        zones: [
          { zoneName: "other.example", priority: 50 - place },
          { zoneName: "corp.example", ...record },
        ],
      }),
    );
  const said = (records: HostFacts[], changes: GroupChanges = {}) => {
    const names = records.map(({ name }) => name);
    return diagnosticsOf(records, [
      group({ hosts: names, lookupDomain: "corp.example", machines: members(40), ...changes }),
    ]);
  };

  it("follows the weights of their records", () => {
    const uneven = said(hosts({ weight: 95 }, { weight: 5 }));
    assert.deepEqual(brief(uneven), ["web warning KMS2212 hosts"]);
    assert.match(
      messageOf(uneven, "KMS2212"),
      /40 machines on 2 KMS hosts leave about 2 on kms1, by the weights of their records, below the threshold of 5/,
    );
    assert.match(messageOf(said(hosts({ weight: 100 }, {})), "KMS2212"), /about 0 on kms1/);
    assert.deepEqual(said(hosts({ weight: 70 }, { weight: 30 })), []);
    assert.deepEqual(said(hosts({ weight: 10 }, { weight: 10 })), []);
    assert.deepEqual(
      said(hosts({ weight: 95 }, { weight: 5 }), { discovery: "fixedHost", lookupDomain: undefined }),
      [],
    );
  });

  it("is not judged while a weight is not known", () => {
    const [first, second] = hosts({ weight: 95 }, { weight: 5 });
    assert.deepEqual(said([first, { ...second, unknown: new Set(["zones[1].weight"]) }]), []);
  });

  it("follows the priorities in the zone in which the members look", () => {
    assert.deepEqual(said(hosts({}, {})), []);
    const standby = said(hosts({}, { priority: 10 }));
    assert.deepEqual(brief(standby), ["web warning KMS2215 hosts[1]"]);
  });
});
