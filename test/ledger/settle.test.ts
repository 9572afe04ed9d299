import assert from "node:assert/strict";
import { commit, refuse, release } from "../../provider/ledger/transitions";
import { raiseLimit, seed } from "../../provider/ledger/transitions";
import { emptyLedger } from "../../provider/ledger/document";
import { adopt, retire } from "../../provider/ledger/transitions";
import { reserve } from "../../provider/ledger/transitions";
import { settle } from "../../provider/ledger/transitions";
import { change, key, machine } from "./ledgers";

const { machineId } = machine(1);
const later = change("kms", "prod", "2026-01-02T00:00:00Z");
const reserved = reserve(emptyLedger(key), change(), machine(1));
const committed = commit(reserved, later, machineId);

describe("settle", () => {
  it("commits the open reservation of a machine that is licensed with the key", () => {
    const document = settle(reserved, later, machine(1), true);
    assert.deepEqual(document.hosts[0].activations, [
      { number: 1, at: "2026-01-01T00:00:00Z", outcome: "committed", settledAt: "2026-01-02T00:00:00Z" },
    ]);
    assert.equal(settle(document, later, machine(1), true), document, "never counted twice");
  });

  it("releases the own open reservation of a machine that is not licensed", () => {
    const document = settle(reserved, later, machine(1), false);
    assert.equal(document.hosts[0].activations[0].outcome, "released");
    assert.equal(settle(document, later, machine(1), false), document);
  });

  it("leaves another resource's reservation of an unlicensed machine alone", () => {
    assert.equal(settle(reserved, change("kms", "lab"), machine(1), false), reserved);
  });

  it("counts a machine that somebody else activated, even beyond the limit", () => {
    const full = seed(emptyLedger(key), change(), { hosts: 6, activations: 6 });
    const document = settle(full, later, machine(1), true);
    assert.deepEqual(document.hosts[0].activations, [
      { number: 1, at: later.at, outcome: "found", settledAt: later.at },
    ]);
    assert.equal(document.history.at(-1)?.event, "found");
  });

  it("counts a refused machine that is licensed after all", () => {
    const refused = refuse(reserved, later, machineId, "0xC004C008");
    const outcomes = settle(refused, later, machine(1), true).hosts[0].activations.map(
      ({ outcome }) => outcome,
    );
    assert.deepEqual(outcomes, ["refused", "found"]);
  });

  it("takes activations before the ledger for what is found", () => {
    const adopted = adopt(emptyLedger(key), change(), machine(1), 2);
    assert.equal(settle(adopted, later, machine(1), true), adopted);
  });

  it("changes nothing for an unknown machine that is not licensed", () => {
    const document = emptyLedger(key);
    assert.equal(settle(document, later, machine(1), false), document);
  });
});

describe("closing a reservation", () => {
  it("keeps the code of a refusal apart from what was granted", () => {
    const document = refuse(reserve(committed, later, machine(1)), later, machineId, "0xC004C008");
    assert.deepEqual(document.hosts[0].activations[1], {
      number: 2,
      at: later.at,
      outcome: "refused",
      settledAt: later.at,
      hresult: "0xC004C008",
    });
    assert.equal(document.hosts[0].activations[0].outcome, "committed");
  });

  it("may be done again", () => {
    const released = release(reserved, later, machineId);
    assert.equal(commit(committed, later, machineId), committed);
    assert.equal(release(released, later, machineId), released);
    assert.equal(refuse(released, later, machineId), released);
    assert.equal(release(committed, later, machineId), committed, "what was granted stays");
  });

  it("records what was granted even after the reservation was given up", () => {
    const document = commit(refuse(reserved, later, machineId, "0xC004C008"), later, machineId);
    assert.deepEqual(document.hosts[0].activations, committed.hosts[0].activations);
  });

  it("fails to commit what was never reserved", () => {
    assert.throws(() => commit(emptyLedger(key), later, machineId), { code: "KMS6013" });
  });
});

describe("moving a host", () => {
  it("keeps what it spent and says where it came from", () => {
    const document = adopt(committed, change("kms-new", "lab"), machine(1));
    const [host] = document.hosts;
    assert.deepEqual([host.stack, host.resource, host.activations.length], ["lab", "kms-new", 1]);
    assert.equal(document.history.at(-1)?.detail, "before: stack prod, resource kms");
    assert.equal(adopt(document, change("kms-new", "lab"), machine(1)), document);
  });

  it("takes an open reservation along, which the new owner then settles", () => {
    const lab = change("kms", "lab");
    const document = settle(adopt(reserved, lab, machine(1)), lab, machine(1), false);
    assert.equal(document.hosts[0].activations[0].outcome, "released");
  });

  it("retires a host once and brings it back", () => {
    const retired = retire(committed, later, machineId);
    assert.equal(retired.hosts[0].retiredAt, later.at);
    assert.equal(retire(retired, change(), machineId), retired);
    assert.equal(adopt(retired, change(), machine(1)).hosts[0].retiredAt, undefined);
    assert.equal(retire(committed, later, machine(2).machineId), committed);
  });
});

describe("a host that was moved to another stack", () => {
  it("is not retired by the stack that it left", () => {
    const moved = adopt(committed, change("kms", "lab"), machine(1));
    assert.equal(retire(moved, change("kms", "prod"), machineId), moved);
  });
});

describe("declaring what was spent", () => {
  it("corrects an earlier declaration and keeps it in the history", () => {
    const first = seed(emptyLedger(key), change(), { hosts: 2, activations: 5 });
    const second = seed(first, change(), { hosts: 1, activations: 1 });
    assert.deepEqual(second.activationsSpent, { hosts: 1, activations: 1 });
    assert.equal(second.history[1].detail, "hosts: 2 to 1, activations: 5 to 1");
    assert.equal(seed(second, change(), { hosts: 1, activations: 1 }), second);
  });

  it("raises the limit and never lowers it", () => {
    const raised = raiseLimit(emptyLedger(key), change(), { hosts: 10, reference: "SR-1" });
    assert.deepEqual(raised.hostLimitException, { hosts: 10, reference: "SR-1" });
    assert.equal(raiseLimit(raised, change(), { hosts: 8, reference: "SR-0" }), raised);
    assert.equal(raiseLimit(raised, change(), { hosts: 10, reference: "SR-1" }), raised);
  });
});
