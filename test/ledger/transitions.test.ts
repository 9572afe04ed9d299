import assert from "node:assert/strict";
import { emptyLedger, type LedgerDocument, remaining } from "../../provider/ledger/document";
import { adopt, raiseLimit, retire, seed, reserve as reserveAs } from "../../provider/ledger/transitions";
import { change, commit, key, machine, refuse, release, reserve, settle, newReservation } from "./ledgers";

const activate = (document: LedgerDocument, index: number) =>
  commit(reserve(document, change(`kms${index}`), machine(index)), change(), machine(index).machineId);

const later = change("kms", "prod", "2026-01-02T00:00:00Z");

const withHosts = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1).reduce(activate, emptyLedger(key));

describe("ledger/transitions: reserve", () => {
  it("counts the activation before its outcome is known", () => {
    const reservation = newReservation();
    const document = reserveAs(emptyLedger(key), change(), machine(1), reservation);
    assert.deepEqual(document.hosts, [
      {
        ...machine(1),
        stack: "prod",
        resource: "kms",
        activations: [{ number: 1, at: "2026-01-01T00:00:00Z", outcome: "reserved", reservation }],
      },
    ]);
    assert.deepEqual(document.history, [
      {
        at: "2026-01-01T00:00:00Z",
        who: "somebody",
        stack: "prod",
        resource: "kms",
        event: "reserved",
        machineId: machine(1).machineId,
        hash: document.history[0].hash,
      },
    ]);
    assert.equal(remaining(document).hostsLeft, 5);
  });

  it("keeps an earlier one of the same resource counted when its outcome never became known", () => {
    const document = reserve(reserve(emptyLedger(key), change(), machine(1)), later, machine(1));
    assert.deepEqual(
      document.hosts[0].activations.map(({ outcome, settledAt }) => ({ outcome, settledAt })),
      [
        { outcome: "unknown", settledAt: later.at },
        { outcome: "reserved", settledAt: undefined },
      ],
    );
    assert.equal(remaining(document).hosts[0].activationsSpent, 2);
    assert.equal(document.history.at(-1)?.detail, "the outcome of activation 1 stays unknown");
  });

  it("changes nothing when the same reservation is made again", () => {
    const reservation = newReservation();
    const document = reserveAs(emptyLedger(key), change(), machine(1), reservation);
    assert.equal(reserveAs(document, later, machine(1), reservation), document, "nothing to write");
  });

  it("knows a machine again whatever the case of its ID", () => {
    const upper = { machineId: "ABCDEF00-0000-4000-8000-000000000001", computerName: "KMS01" };
    const lower = { ...upper, machineId: upper.machineId.toLowerCase() };
    const document = commit(reserve(emptyLedger(key), change(), upper), change(), lower.machineId);
    assert.equal(reserve(document, change(), lower).hosts.length, 1);
  });

  it("fails while another resource has a reservation of the machine", () => {
    const document = reserve(emptyLedger(key), change("kms", "prod"), machine(1));
    assert.throws(() => reserve(document, change("kms", "lab"), machine(1)), {
      code: "KMS6012",
      message: /KMS01 is reserved by the resource kms of the stack prod/,
    });
  });

  it("fails for the seventh host, naming the six and the way to more", () => {
    const document = retire(withHosts(6), change("kms2"), machine(2).machineId);
    assert.throws(() => activate(document, 7), {
      code: "KMS6010",
      message: new RegExp(
        [
          "KMS07 would be KMS host number 7 of the key ending in NN1NN, which activates 6 hosts: ",
          "KMS01 \\(stack prod, resource kms1\\); KMS02 \\(stack prod, resource kms2, retired\\); .*KMS06.*",
          "Microsoft 365 admin center.*Microsoft Licensing Activation Center \\(formerly Activation Call Center\\).*",
          "hostLimitException: \\{ hosts, reference \\}",
        ].join(""),
      ),
    });
  });

  it("gives a reactivation to a retired host, which counts once", () => {
    const document = activate(retire(withHosts(6), change("kms2"), machine(2).machineId), 2);
    assert.equal(document.hosts[1].retiredAt, undefined);
    assert.deepEqual(
      remaining(document).hosts.map(({ activationsSpent }) => activationsSpent),
      [1, 2, 1, 1, 1, 1],
    );
  });

  it("lets ten hosts activate once Microsoft granted them", () => {
    const granted = raiseLimit(withHosts(6), change(), { hosts: 10, reference: "SR-1" });
    const document = [7, 8, 9, 10].reduce(activate, granted);
    assert.equal(remaining(document).hostsLeft, 0);
    assert.throws(() => activate(document, 11), { code: "KMS6010" });
  });

  it("counts hosts that were declared as spent", () => {
    const document = seed(withHosts(3), change(), { hosts: 3, activations: 4 });
    assert.throws(() => activate(document, 4), {
      code: "KMS6010",
      message: /3 declared by activationsSpent/,
    });
  });

  it("fails for the eleventh activation of a host", () => {
    const document = Array.from({ length: 10 }, () => 1).reduce(activate, emptyLedger(key));
    assert.equal(remaining(document).hosts[0].reactivationsLeft, 0);
    assert.throws(() => activate(document, 1), { code: "KMS6011", message: /activation number 11 of KMS01/ });
    assert.equal(activate(document, 2).hosts.length, 2, "another host still has its own ten");
  });

  it("counts activations before the ledger", () => {
    const document = adopt(emptyLedger(key), change(), machine(1), 9);
    assert.throws(() => activate(activate(document, 1), 1), { code: "KMS6011" });
  });

  it("uses up no host when the activation was refused or never made", () => {
    const id = machine(6).machineId;
    const reserved = reserve(withHosts(5), change(), machine(6));
    for (const document of [release(reserved, change(), id), refuse(reserved, change(), id, "0xC004C008")]) {
      assert.equal(activate(document, 7).hosts.length, 7);
      assert.equal(document.hosts.length, 6, "the attempt stays on record");
    }
  });
});

describe("remaining", () => {
  it("warns from the seventh reactivation", () => {
    const runsLow = Array.from({ length: 10 }).reduce<{ document: LedgerDocument; seen: boolean[] }>(
      ({ document, seen }) => {
        const next = activate(document, 1);
        return { document: next, seen: [...seen, remaining(next).hosts[0].runsLow] };
      },
      { document: emptyLedger(key), seen: [] },
    ).seen;
    assert.deepEqual(runsLow, [false, false, false, false, false, false, false, true, true, true]);
  });

  it("shows whether an outcome is still unknown", () => {
    const open = reserve(emptyLedger(key), change(), machine(1));
    assert.equal(remaining(open).hosts[0].open, true);
    assert.equal(remaining(commit(open, change(), machine(1).machineId)).hosts[0].open, false);
  });

  it("is never below zero", () => {
    const document = seed(withHosts(5), change(), { hosts: 4, activations: 4 });
    assert.deepEqual(
      [remaining(document).hostsSpent, remaining(document).hostsLeft, remaining(document).hostLimit],
      [9, 0, 6],
    );
  });
});

const { machineId } = machine(1);
const reservation = newReservation();
const reserved = reserveAs(emptyLedger(key), change(), machine(1), reservation);
const committed = commit(reserved, later, machineId);

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
    const document = settle(adopt(reserved, lab, machine(1)), lab, machine(1), true);
    assert.equal(document.hosts[0].activations[0].outcome, "committed");
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

  it("refuses a declaration that contradicts another stack's, and takes the same one", () => {
    const first = seed(emptyLedger(key), change("kms", "prod"), { hosts: 2, activations: 5 });
    assert.throws(() => seed(first, change("kms", "lab"), { hosts: 1, activations: 1 }), {
      code: "KMS6015",
      message:
        /stack lab declares activationsSpent as \{ hosts: 1, activations: 1 \}.*\{ hosts: 2, activations: 5 \}, declared by the stack prod/,
    });
    assert.equal(seed(first, change("kms", "lab"), { hosts: 2, activations: 5 }), first);
  });

  it("raises the limit and never lowers it", () => {
    const raised = raiseLimit(emptyLedger(key), change(), { hosts: 10, reference: "SR-1" });
    assert.deepEqual(raised.hostLimitException, { hosts: 10, reference: "SR-1" });
    assert.equal(raiseLimit(raised, change(), { hosts: 8, reference: "SR-0" }), raised);
    assert.equal(raiseLimit(raised, change(), { hosts: 10, reference: "SR-1" }), raised);
  });
});
