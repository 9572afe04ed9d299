import assert from "node:assert/strict";
import { emptyLedger } from "../../provider/ledger/document";
import { formatLedger, parseLedger } from "../../provider/ledger/ledger-text";
import { reservationId, settle as settleBy, stateOutcome } from "../../provider/ledger/settlement";
import { adopt, reserve as reserveAs, seed } from "../../provider/ledger/transitions";
import { change, commit, key, machine, newReservation, refuse, release, reserve, settle } from "./ledgers";

const { machineId } = machine(1);
const later = change("kms", "prod", "2026-01-02T00:00:00Z");
const reservation = newReservation();
const reserved = reserveAs(emptyLedger(key), change(), machine(1), reservation);
const committed = commit(reserved, later, machineId);

describe("ledger/settlement", () => {
  it("commits the open reservation of a machine that is licensed with the key", () => {
    const document = settle(reserved, later, machine(1), true);
    assert.deepEqual(document.hosts[0].activations, [
      {
        number: 1,
        at: "2026-01-01T00:00:00Z",
        outcome: "committed",
        reservation,
        settledAt: "2026-01-02T00:00:00Z",
      },
    ]);
    assert.equal(settle(document, later, machine(1), true), document, "never counted twice");
  });

  it("keeps the open reservation of a machine that is not licensed, and proves nothing", () => {
    assert.equal(settle(reserved, later, machine(1), false), reserved);
    assert.equal(settle(reserved, change("kms", "lab"), machine(1), false), reserved);
  });

  /** What is known of the reservation, whether the machine is licensed, and the outcomes of the entry. */
  const cases: [mark: string | undefined, licensed: boolean | undefined, outcomes: string[]][] = [
    [undefined, undefined, ["reserved"]],
    ["started", undefined, ["reserved"]],
    ["started", false, ["reserved"]],
    ["started", true, ["committed"]],
    ["done", undefined, ["committed"]],
    ["done", false, ["committed"]],
    ["done", true, ["committed"]],
    ["revoked", false, ["released"]],
    ["revoked", true, ["released", "found"]],
    ["not sent", undefined, ["released"]],
    ["not begun", false, ["released"]],
    ["not begun", true, ["released", "found"]],
    ["failed 0xC004C008", false, ["refused"]],
    ["failed 0xC004C008", true, ["refused", "found"]],
    ["failed 0x80070005", false, ["refused"]],
    ["failed 0x80072EE7", false, ["refused"]],
    // The time ran out, or the connection broke, after the request was sent.
    ["failed 0x80072EE2", false, ["reserved"]],
    ["failed 0x80072EFE", true, ["committed"]],
    ["failed 0x800706BA", false, ["reserved"]],
    ["failed 0x80004005", false, ["reserved"]],
    ["failed ", false, ["reserved"]],
    ["something else", false, ["reserved"]],
  ];
  for (const [mark, licensed, outcomes] of cases) {
    it(`makes a reservation ${outcomes.join(" and ")} whose mark is ${mark} on a machine with licensed ${licensed}`, () => {
      const marks = mark === undefined ? {} : { [reservation]: mark };
      const document = settleBy(reserved, later, machine(1), { licensed, marks });
      assert.deepEqual(
        document.hosts[0].activations.map(({ outcome }) => outcome),
        outcomes,
      );
      assert.equal(settleBy(document, later, machine(1), { licensed, marks }), document, "once");
    });
  }

  it("settles one that stayed unknown as soon as its machine tells, and not by the machine's license", () => {
    const next = newReservation();
    const unknown = reserveAs(reserved, later, machine(1), next);
    const outcomes = (seen: Parameters<typeof settleBy>[3]) =>
      settleBy(unknown, later, machine(1), seen).hosts[0].activations.map(({ outcome }) => outcome);
    assert.deepEqual(outcomes({ licensed: true, marks: {} }), ["unknown", "committed"]);
    assert.deepEqual(outcomes({ marks: { [reservation]: "done" } }), ["committed", "reserved"]);
    assert.deepEqual(outcomes({ marks: { [reservation]: "revoked", [next]: "done" } }), [
      "released",
      "committed",
    ]);
  });

  it("takes one activation for the reason why a machine is activated", () => {
    const next = newReservation();
    const both = reserveAs(reserved, later, machine(1), next);
    const outcomes = (document: typeof both) => document.hosts[0].activations.map(({ outcome }) => outcome);
    // The first, of a process that went on, is seen done before the second's own run has ended.
    const first = settleBy(both, later, machine(1), { licensed: true, marks: { [reservation]: "done" } });
    assert.deepEqual(outcomes(first), ["committed", "reserved"]);
    const seen = { licensed: true, marks: { [reservation]: "done", [next]: "not begun" } };
    const explained = settleBy(first, later, machine(1), { ...seen, doneSince: [reservation] });
    assert.deepEqual(outcomes(explained), ["committed", "released"]);
    assert.deepEqual(outcomes(settleBy(first, later, machine(1), seen)), ["committed", "released", "found"]);
  });

  /** What is known of a reservation for a confirmation ID, and its outcome. */
  const confirmations: [mark: string | undefined, outcome: string][] = [
    [undefined, "committed"],
    ["not sent", "committed"],
    ["not begun", "committed"],
    ["started", "committed"],
    ["done", "committed"],
    ["failed 0x800706BA", "committed"],
    ["failed 0xC004F014", "refused"],
  ];
  for (const [mark, outcome] of confirmations) {
    it(`makes a reservation for a confirmation ID ${outcome} whose mark is ${mark}: Microsoft has counted it`, () => {
      const confirming = reservationId(key.keyFingerprint, "00000000000c", true);
      const marks = mark === undefined ? {} : { [confirming]: mark };
      const document = settleBy(
        reserveAs(emptyLedger(key), change(), machine(1), confirming),
        later,
        machine(1),
        { licensed: false, marks },
      );
      assert.equal(document.hosts[0].activations[0].outcome, outcome);
      assert.equal(settleBy(document, later, machine(1), { licensed: false, marks: {} }), document);
      assert.equal(reserveAs(document, later, machine(1), confirming), document, "counted once");
      assert.deepEqual(parseLedger(formatLedger(document), "here", key.keyFingerprint), document);
    });
  }

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

  it("takes what a person states of what is open, until the machine's own record says otherwise", () => {
    const stated = { outcome: "released", reason: "it was never started" } as const;
    const settled = stateOutcome(reserved, later, machine(1).machineId, stated);
    assert.deepEqual(
      settled.hosts[0].activations.map(({ outcome, settledAt }) => [outcome, settledAt]),
      [["released", later.at]],
    );
    assert.equal(settled.history.at(-1)?.detail, "activation 1, stated: it was never started");
    assert.equal(
      stateOutcome(settled, later, machine(1).machineId, { ...stated, outcome: "unknown" }),
      settled,
    );
    const seen = settleBy(settled, later, machine(1), { licensed: true, marks: { [reservation]: "done" } });
    assert.deepEqual(
      seen.hosts[0].activations.map(({ outcome }) => outcome),
      ["committed"],
    );
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
      reservation: document.hosts[0].activations[1].reservation,
      settledAt: later.at,
      hresult: "0xC004C008",
    });
    assert.equal(document.hosts[0].activations[0].outcome, "committed");
  });

  it("may be done again", () => {
    const released = release(reserved, later, machineId);
    assert.equal(commit(committed, later, machineId), committed);
    assert.equal(release(released, later, machineId), released);
    assert.equal(refuse(released, later, machineId, "0xC004C008"), released);
    assert.equal(release(committed, later, machineId), committed, "what was granted stays");
  });

  it("records what was granted even after the reservation was given up", () => {
    const document = commit(refuse(reserved, later, machineId, "0xC004C008"), later, machineId);
    assert.equal(document.hosts[0].activations[0].outcome, "committed");
  });
});
