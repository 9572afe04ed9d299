import assert from "node:assert/strict";
import { emptyLedger } from "../../provider/ledger/document";
import { formatLedger, parseLedger } from "../../provider/ledger/ledger-text";
import { mergeLedgers } from "../../provider/ledger/merge";
import { raiseLimit, retire, seed } from "../../provider/ledger/transitions";
import { change, commit, key, machine, reserve } from "./ledgers";

const at = (day: number, resource = "kms") => change(resource, "prod", `2026-01-0${day}T00:00:00Z`);
const base = reserve(emptyLedger(key), at(1), machine(1));
const merger = { ...at(9), who: "merger", stack: "", resource: "" };

describe("ledger/merge", () => {
  it("keeps every host, every activation and every line of both, once", () => {
    const ours = reserve(commit(base, at(2), machine(1).machineId), at(4, "kms2"), machine(2));
    const theirs = reserve(base, at(3, "kms3"), machine(3));
    const merged = mergeLedgers(ours, theirs, merger);
    assert.deepEqual(
      merged.hosts.map(({ computerName, activations }) => [
        computerName,
        activations.map(({ outcome }) => outcome),
      ]),
      [
        ["KMS01", ["committed"]],
        ["KMS02", ["reserved"]],
        ["KMS03", ["reserved"]],
      ],
    );
    assert.deepEqual(
      merged.history.map(({ at: when, event }) => `${when.slice(8, 10)} ${event}`),
      ["01 reserved", "02 committed", "03 reserved", "04 reserved", "09 merged"],
    );
    assert.deepEqual(parseLedger(formatLedger(merged), "here", key.keyFingerprint), merged);
  });

  it("counts activations of one machine on both sides", () => {
    const committed = commit(base, at(2), machine(1).machineId);
    const ours = reserve(committed, at(3), machine(1));
    const theirs = commit(reserve(committed, at(4), machine(1)), at(5), machine(1).machineId);
    const [host] = mergeLedgers(ours, theirs, merger).hosts;
    assert.deepEqual(
      host.activations.map(({ number, outcome }) => `${number} ${outcome}`),
      ["1 committed", "2 reserved", "3 committed"],
    );
  });

  it("retires what the later side retired", () => {
    const retired = retire(base, at(5), machine(1).machineId);
    assert.equal(mergeLedgers(base, retired, merger).hosts[0].retiredAt, at(5).at);
    const again = reserve(retire(base, at(2), machine(1).machineId), at(6), machine(1));
    assert.equal(mergeLedgers(retired, again, merger).hosts[0].retiredAt, undefined);
  });

  it("keeps the most that was declared, so that it can be read again", () => {
    const ours = raiseLimit(base, at(2), { hosts: 10, reference: "SR-1; 12 hosts, reference SR-0" });
    const theirs = seed(base, at(3), { hosts: 2, activations: 5 });
    for (const merged of [mergeLedgers(ours, theirs, merger), mergeLedgers(theirs, ours, merger)]) {
      assert.deepEqual(merged.activationsSpent, { hosts: 2, activations: 5 });
      assert.equal(merged.hostLimitException?.hosts, 10);
      assert.deepEqual(parseLedger(formatLedger(merged), "here", key.keyFingerprint), merged);
    }
  });

  it("can be read again where both sides settled the same activation at different times", () => {
    const ours = commit(base, at(2), machine(1).machineId);
    const theirs = commit(base, at(3), machine(1).machineId);
    const merged = mergeLedgers(ours, theirs, merger);
    assert.deepEqual(parseLedger(formatLedger(merged), "here", key.keyFingerprint), merged);
  });

  it("refuses ledgers of two keys", () => {
    const other = emptyLedger({ ...key, keyFingerprint: "f".repeat(32) });
    assert.throws(() => mergeLedgers(base, other, merger), { code: "KMS6005" });
  });
});
