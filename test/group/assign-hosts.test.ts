import assert from "node:assert/strict";
import { assignHosts } from "../../provider/group/desired";

const members = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `m${from + index}`);

/** How many members each host gets. */
function loads(assigned: Map<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const host of assigned.values()) {
    counts[host] = (counts[host] ?? 0) + 1;
  }
  return counts;
}

const fresh = (count: number, hosts: string[], threshold = 25) =>
  loads(assignHosts(members(count), hosts, threshold, new Map()));

describe("hosts that members are pinned to", () => {
  it("are all the first where not every host would pass its threshold", () => {
    assert.deepEqual(fresh(1, ["a", "b"]), { a: 1 });
    assert.deepEqual(fresh(49, ["a", "b"]), { a: 49 });
    assert.deepEqual(fresh(9, ["a", "b"], 5), { a: 9 });
  });

  it("share the members evenly as soon as each passes", () => {
    assert.deepEqual(fresh(50, ["a", "b"]), { a: 25, b: 25 });
    assert.deepEqual(fresh(51, ["a", "b"]), { a: 26, b: 25 });
    assert.deepEqual(fresh(65, ["a", "b"]), { a: 33, b: 32 });
    assert.deepEqual(fresh(10, ["a", "b"], 5), { a: 5, b: 5 });
  });

  it("are as many of three as pass", () => {
    assert.deepEqual(fresh(60, ["a", "b", "c"]), { a: 30, b: 30 });
    assert.deepEqual(fresh(75, ["a", "b", "c"]), { a: 25, b: 25, c: 25 });
  });

  it("are taken in turn", () => {
    const assigned = assignHosts(members(10), ["a", "b"], 5, new Map());
    assert.deepEqual([...assigned.values()].join(""), "ababababab");
  });

  it("are kept: new members fill up the host that has fewer, once it passes", () => {
    const held = assignHosts(members(49), ["a", "b"], 25, new Map());
    const one = assignHosts(members(50), ["a", "b"], 25, held);
    assert.deepEqual(loads(one), { a: 50 });
    const more = assignHosts(members(74), ["a", "b"], 25, held);
    assert.deepEqual(loads(more), { a: 49, b: 25 });
    for (const [member, host] of held) {
      assert.equal(more.get(member), host);
    }
  });

  it("stay with a group that shrinks", () => {
    const held = assignHosts(members(50), ["a", "b"], 25, new Map());
    const few = assignHosts(members(20), ["a", "b"], 25, held);
    assert.deepEqual(loads(few), { a: 10, b: 10 });
    const added = assignHosts(members(22), ["a", "b"], 25, new Map([...held].slice(0, 20)));
    assert.deepEqual(loads(added), { a: 12, b: 10 });
  });

  it("are found anew for members of a host that is gone", () => {
    const held = new Map(members(30).map((member) => [member, "gone"]));
    assert.deepEqual(loads(assignHosts(members(30), ["a"], 25, held)), { a: 30 });
  });
});
