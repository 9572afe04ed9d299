import assert from "node:assert/strict";
import fc from "fast-check";
import { commit, refuse, release } from "../../provider/ledger/transitions";
import { raiseLimit, seed } from "../../provider/ledger/transitions";
import { formatLedger, parseLedger } from "../../provider/ledger/document";
import { type LedgerDocument, emptyLedger } from "../../provider/ledger/document";
import { adopt, retire } from "../../provider/ledger/transitions";
import { remaining } from "../../provider/ledger/document";
import { reserve } from "../../provider/ledger/transitions";
import { settle } from "../../provider/ledger/transitions";
import { activationsSpentBy, hostLimit, hostsSpent } from "../../provider/ledger/document";
import { KmsError } from "../../provider/errors/kms-error";
import { change, key, machine } from "./ledgers";

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

const reserving = step("reserve", (by, index) => (document) => reserve(document, by, machine(index)));
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

describe("any interleaving of transitions", () => {
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
          assert.equal(now.history.length, before.history.length + (now === before ? 0 : 1));
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
 * Runs of one stack each, one machine each: they reserve, act and close, or die between two steps and are repeated.
 * Microsoft counts what it grants; it grants only to who holds a reservation.
 */
describe("runs that may die at any step", () => {
  const fates = fc.constantFrom("granted", "refused", "dies before acting", "dies after acting");
  const runs = fc.array(fc.tuple(machines, fates), { maxLength: 120 });

  it("spend exactly what Microsoft granted, within its limits", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const granted = new Map<string, number>();
        const licensed = new Set<string>();
        const document = all.reduce((ledger, [index, fate]) => {
          const by = change(`kms${index}`);
          const { machineId } = machine(index);
          const settled = settle(ledger, by, machine(index), licensed.has(machineId));
          licensed.delete(machineId);
          const reserved = after(settled, {
            name: "reserve",
            apply: (now) => reserve(now, by, machine(index)),
          });
          if (reserved === settled || fate === "dies before acting") {
            return reserved;
          }
          if (fate === "refused") {
            return refuse(reserved, by, machineId, "0xC004C008");
          }
          granted.set(machineId, (granted.get(machineId) ?? 0) + 1);
          licensed.add(machineId);
          return fate === "granted" ? commit(reserved, by, machineId) : reserved;
        }, emptyLedger(key));
        const seen = all.reduce(
          (ledger, [index]) =>
            settle(ledger, change(`kms${index}`), machine(index), licensed.has(machine(index).machineId)),
          document,
        );
        const spent = new Map(
          seen.hosts
            .map((host) => [host.machineId, activationsSpentBy(host)] as const)
            .filter(([, count]) => count > 0),
        );
        assert.deepEqual(new Map([...spent].sort()), new Map([...granted].sort()));
        assert.ok(granted.size <= 6 && Math.max(0, ...granted.values()) <= 10);
      }),
    );
  });
});
