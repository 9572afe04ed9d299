import assert from "node:assert/strict";
import fc from "fast-check";
import { raiseLimit, seed } from "../../provider/ledger/transitions";
import { formatLedger, parseLedger } from "../../provider/ledger/ledger-text";
import { type LedgerDocument, emptyLedger } from "../../provider/ledger/document";
import { adopt, reserve as reserveAs, retire } from "../../provider/ledger/transitions";
import { remaining } from "../../provider/ledger/document";
import { activationsSpentBy, hostLimit, hostsSpent } from "../../provider/ledger/document";
import { KmsError } from "../../provider/errors/kms-error";
import { settle as settleBy } from "../../provider/ledger/settlement";
import { change, commit, key, machine, refuse, release, settle, newReservation } from "./ledgers";

type Transition = (document: LedgerDocument) => LedgerDocument;

interface Step {
  name: string;
  apply: Transition;
}

const machines = fc.integer({ min: 1, max: 9 });
const changes = fc
  .tuple(machines, fc.constantFrom("prod", "lab"))
  .map(([index, stack]) => change(`kms${index}`, stack));

const step = (name: string, make: (by: ReturnType<typeof change>, index: number) => Transition) =>
  fc.tuple(changes, machines).map(([by, index]): Step => ({ name, apply: make(by, index) }));

/** Each is another reservation, as long as the step is not done again. */
const reserving = fc
  .tuple(changes, machines, fc.integer({ min: 1, max: 0xffff_ffff }))
  .map(([by, index, random]): Step => {
    const id = `${key.keyFingerprint}-${random.toString(16).padStart(12, "0")}`;
    return { name: "reserve", apply: (document) => reserveAs(document, by, machine(index), id) };
  });
const closing = [
  step("release", (by, index) => (document) => release(document, by, machine(index).machineId)),
  step("refuse", (by, index) => (document) => refuse(document, by, machine(index).machineId, "0xC004C008")),
  step("retire", (by, index) => (document) => retire(document, by, machine(index).machineId)),
  step("unlicensed", (by, index) => (document) => settle(document, by, machine(index), false)),
  step("adopt", (by, index) => (document) => adopt(document, by, machine(index))),
];
const granting = [
  step("commit", (by, index) => (document) => commit(document, by, machine(index).machineId)),
  step("licensed", (by, index) => (document) => settle(document, by, machine(index), true)),
];
const declaring = [
  step(
    "raiseLimit",
    (by, index) => (document) => raiseLimit(document, by, { hosts: index, reference: "SR" }),
  ),
  step("seed", (by, index) => (document) => seed(document, by, { hosts: index % 4, activations: index })),
];

const steps = fc.array(fc.oneof(reserving, reserving, ...closing, ...granting, ...declaring), {
  maxLength: 200,
});

/** The document after the step; a refusal leaves it as it was. */
function after(document: LedgerDocument, { apply }: Step): LedgerDocument {
  try {
    return apply(document);
  } catch (error) {
    assert.ok(error instanceof KmsError, String(error));
    return document;
  }
}

/** Hosts and activations that the ledger has on record. */
const entries = (document: LedgerDocument) =>
  document.hosts.flatMap(({ machineId, activations }) => [
    machineId,
    ...activations.map(({ number, at }) => `${machineId} ${number} ${at}`),
  ]);

const mostActivations = (document: LedgerDocument) =>
  document.hosts.reduce((most, host) => Math.max(most, activationsSpentBy(host)), 0);

describe("ledger/transitions: any interleaving", () => {
  it("never reserves beyond a limit", () => {
    fc.assert(
      fc.property(steps, (all) => {
        all.reduce((before, one) => {
          const now = after(before, one);
          if (one.name === "reserve" && now !== before) {
            const grew = hostsSpent(now) > hostsSpent(before);
            assert.ok(!grew || hostsSpent(now) <= hostLimit(now), "one host too many");
            assert.ok(
              mostActivations(now) <= Math.max(10, mostActivations(before)),
              "one activation too many",
            );
          }
          return now;
        }, emptyLedger(key));
      }),
    );
  });

  it("never loses an entry or a line of history, nor what was granted", () => {
    fc.assert(
      fc.property(steps, (all) => {
        all.reduce((before, one) => {
          const now = after(before, one);
          const kept = entries(now);
          assert.deepEqual(
            entries(before).filter((entry) => !kept.includes(entry)),
            [],
          );
          assert.deepEqual(now.history.slice(0, before.history.length), before.history);
          assert.ok(now === before || now.history.length > before.history.length);
          const granted = (document: LedgerDocument) =>
            document.hosts
              .flatMap(({ activations }) => activations)
              .filter(({ outcome }) => outcome === "committed" || outcome === "found").length;
          assert.ok(granted(now) >= granted(before));
          return now;
        }, emptyLedger(key));
      }),
    );
  });

  it("may be applied again at once without a change", () => {
    fc.assert(
      fc.property(steps, (all) => {
        all.reduce((before, one) => {
          const once = after(before, one);
          assert.equal(after(once, one), once, one.name);
          return once;
        }, emptyLedger(key));
      }),
    );
  });

  it("leaves a document that can be read again", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const document = all.reduce(after, emptyLedger(key));
        assert.deepEqual(parseLedger(formatLedger(document), "here", key.keyFingerprint), document);
        assert.ok(remaining(document).hostsLeft >= 0);
      }),
    );
  });
});

/**
 * Runs of one stack each, one machine each: they reserve, act and settle, or die between two steps and are repeated. What a
 * dead run has sent may act later, until the machine is told to refuse it. Microsoft counts what it grants.
 */
describe("runs that may die at any step", () => {
  const fates = fc.constantFrom(
    "granted",
    "refused",
    "never sent",
    "dies before sending",
    "dies after sending",
    "dies after acting",
    "dies while acting",
  );
  /** Whether the machine has lost its license before the run. */
  const runs = fc.array(fc.tuple(machines, fates, fc.boolean()), { maxLength: 120 });

  interface Machine {
    licensed: boolean;
    granted: number;
    marks: Record<string, string>;
    /** Sent, and not begun yet. */
    waiting: string[];
  }

  /** What the script does, unless the machine is licensed or was told to refuse it. */
  function act(machine: Machine, reservation: string, ends: boolean): void {
    if (machine.marks[reservation] !== undefined || machine.licensed) {
      return;
    }
    machine.granted += 1;
    machine.licensed = true;
    machine.marks[reservation] = ends ? "done" : "started";
  }

  /** One more visit, which looks, revokes what has no record, and settles. */
  function visit(document: LedgerDocument, index: number, there: Machine): LedgerDocument {
    const host = document.hosts.find(({ machineId }) => machineId === machine(index).machineId);
    if (!there.licensed) {
      for (const { outcome, reservation = "" } of host?.activations ?? []) {
        if (outcome === "reserved") {
          there.marks[reservation] ??= "revoked";
        }
      }
    }
    const { licensed, marks } = there;
    return settleBy(document, change(`kms${index}`), machine(index), { licensed, marks });
  }

  it("count exactly what Microsoft granted, or one more for each that stayed unknown, within its limits", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const there = new Map<number, Machine>();
        const document = all.reduce((ledger, [index, fate, loses]) => {
          const host = there.get(index) ?? { licensed: false, granted: 0, marks: {}, waiting: [] };
          there.set(index, host);
          const by = change(`kms${index}`);
          const settled = visit(ledger, index, host);
          // What waited before the visit acts after it, and is refused; on a licensed machine it finds nothing to do.
          host.waiting.splice(0).forEach((reservation) => act(host, reservation, true));
          if (host.licensed && !loses) {
            return settled;
          }
          host.licensed = false;
          const reservation = newReservation();
          const reserved = after(settled, {
            name: "reserve",
            apply: (now) => reserveAs(now, by, machine(index), reservation),
          });
          if (reserved === settled) {
            return reserved;
          }
          const settle = (mark: string) =>
            settleBy(reserved, by, machine(index), {
              licensed: host.licensed,
              marks: { ...host.marks, [reservation]: mark },
            });
          switch (fate) {
            case "granted":
              act(host, reservation, true);
              return settle("done");
            case "refused":
              host.marks[reservation] = "failed 0xC004C008";
              return settle("failed 0xC004C008");
            case "never sent":
              return settle("not sent");
            case "dies after sending":
              host.waiting.push(reservation);
              return reserved;
            case "dies after acting":
              act(host, reservation, true);
              return reserved;
            case "dies while acting":
              act(host, reservation, false);
              return reserved;
            default:
              return reserved;
          }
        }, emptyLedger(key));
        const seen = [...there].reduce((ledger, [index, host]) => visit(ledger, index, host), document);
        for (const [index, { granted }] of there) {
          const host = seen.hosts.find(({ machineId }) => machineId === machine(index).machineId);
          const unknown = (host?.activations ?? []).filter(({ outcome }) => outcome === "unknown").length;
          const open = (host?.activations ?? []).filter(({ outcome }) => outcome === "reserved").length;
          const spent = host === undefined ? 0 : activationsSpentBy(host);
          assert.ok(granted <= spent, `${granted} granted, ${spent} counted`);
          assert.ok(spent - unknown - open <= granted, `${granted} granted, ${spent} counted`);
          assert.ok(granted <= 10);
        }
        assert.ok([...there.values()].filter(({ granted }) => granted > 0).length <= 6);
      }),
      { numRuns: 300 },
    );
  });
});
