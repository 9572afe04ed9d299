import assert from "node:assert/strict";
import { emptyLedger, type LedgerDocument } from "../../provider/ledger/document";
import { formatLedger, parseLedger } from "../../provider/ledger/ledger-text";
import { raiseLimit, seed } from "../../provider/ledger/transitions";
import { change, commit, key, machine, reserve } from "./ledgers";

const document = reserve(emptyLedger(key), change(), machine(1));
const text = formatLedger(document);
const parse = (given: string) => parseLedger(given, "ledger/x.json", key.keyFingerprint);
const altered = (members: object) => JSON.stringify({ ...document, ...members });

describe("ledger/document", () => {
  it("reads what was written", () => {
    assert.deepEqual(parse(text), document);
    assert.ok(text.split("\n").length > 10, "people can read it");
  });

  it("fails for every truncated document", () => {
    for (let length = 0; length < text.length - 2; length += 7) {
      assert.throws(() => parse(text.slice(0, length)), {
        code: "KMS6003",
        message:
          "KMS6003 ledger/x.json is not a ledger of this package: it is not a complete JSON document. The file is unchanged. Put a good copy in its place, or move it away and declare in activationsSpent what it had counted.",
      });
    }
  });

  it("fails for a document of something else", () => {
    for (const foreign of ["{}", "null", "[]", "7", altered({ kind: "other" }), altered({ more: 1 })]) {
      assert.throws(() => parse(foreign), { code: "KMS6003" }, foreign);
    }
  });

  it("names the member that is damaged", () => {
    assert.throws(() => parse(altered({ hosts: [{ ...document.hosts[0], activations: [{ number: 0 }] }] })), {
      code: "KMS6003",
      message: /hosts\.0\.activations\.0 must have required property 'at'/,
    });
  });

  it("fails for a machine that is there twice", () => {
    assert.throws(() => parse(altered({ hosts: [...document.hosts, ...document.hosts] })), {
      code: "KMS6003",
      message: /a machine is in it twice/,
    });
  });

  it("reads a document with a byte order mark", () => {
    assert.deepEqual(parseLedger(`\ufeff${formatLedger(document)}`, "here", key.keyFingerprint), document);
  });

  it("names the conflict markers of a merge", () => {
    const text = formatLedger(document).replace("{\n", "{\n<<<<<<< HEAD\n");
    assert.throws(() => parseLedger(text, "here", key.keyFingerprint), {
      code: "KMS6016",
      message: /^KMS6016 here has the conflict markers/,
    });
  });

  it("fails for a history that was changed, with the line's number", () => {
    const three = reserve(reserve(document, change(), machine(2)), change(), machine(3));
    const [first, second, third] = three.history;
    for (const [history, line] of [
      [[first, { ...second, who: "nobody" }, third], 2],
      [[first, third], 2],
      [[second, third], 1],
      [[first, second, { ...third, hash: "0".repeat(32) }], 3],
    ] as const) {
      assert.throws(() => parse(JSON.stringify({ ...three, history })), {
        code: "KMS6017",
        message: new RegExp(`line ${line} of the history of ledger/x.json`),
      });
    }
  });

  it("fails for a member that an object has twice", () => {
    const twice = text.replace('"outcome"', '"outcome": "released", "out\\u0063ome"');
    assert.throws(() => parse(twice), { code: "KMS6003", message: /has the member outcome twice/ });
  });

  it("fails for what no transition writes", () => {
    const twice = structuredClone(document);
    twice.hosts[0].activations.push({ ...twice.hosts[0].activations[0] });
    const reservation = structuredClone(twice);
    reservation.hosts[0].activations[1].number = 2;
    const granted = raiseLimit(document, change(), { hosts: 10, reference: "SR-1" });
    const spent = seed(document, change(), { hosts: 2, activations: 5 });
    const committed = commit(document, change(), machine(1).machineId);
    const [host] = document.hosts;
    const [activation] = host.activations;
    const withOutcome = (of: LedgerDocument, outcome: "released" | "refused" | "reserved") => ({
      ...of,
      hosts: [{ ...host, activations: [{ ...activation, outcome, settledAt: "2026-01-01T00:00:00Z" }] }],
    });
    const noDay = "2026-02-31T25:00:00Z";
    for (const [changed, reason] of [
      [twice, /are not numbered from 1 on/],
      [reservation, /a reservation of KMS01 is in it twice/],
      [{ ...document, hosts: [] }, /its history names the machine .*, which is not among its hosts/],
      [
        { ...document, hosts: [{ ...host, activations: [] }] },
        /an activation of KMS01 as reserved at .* not among/,
      ],
      [
        withOutcome(document, "released"),
        /activation 1 of KMS01 is released, but its history does not say so/,
      ],
      [withOutcome(document, "refused"), /activation 1 of KMS01 is refused, but its history does not say so/],
      [withOutcome(committed, "reserved"), /an activation of KMS01 as committed at .* not among/],
      [{ ...document, hosts: [{ ...host, retiredAt: noDay }] }, /KMS01 has the time 2026-02-31T25:00:00Z/],
      [{ ...document, hosts: [{ ...host, activationsBefore: 1001 }] }, /activationsBefore must be <= 1000/],
      [{ ...document, hosts: [{ ...host, activationsBefore: -1 }] }, /activationsBefore must be >= 1/],
      [{ ...document, hosts: [{ ...host, activationsBefore: 1.5 }] }, /activationsBefore must be integer/],
      [
        { ...document, hostLimitException: { hosts: 10, reference: "SR-1" } },
        /else about hostLimitException/,
      ],
      [
        { ...granted, hostLimitException: { hosts: 1000, reference: "SR-1" } },
        /else about hostLimitException/,
      ],
      [
        { ...granted, hostLimitException: { hosts: 10_001, reference: "SR-1" } },
        /hostLimitException.hosts must be <= 10000/,
      ],
      [{ ...spent, activationsSpent: { hosts: 0, activations: 0 } }, /else about activationsSpent/],
      [{ ...spent, activationsSpent: undefined }, /else about activationsSpent/],
      [
        { ...spent, activationsSpent: { hosts: 1e300, activations: 5 } },
        /activationsSpent.hosts must be <= 100000/,
      ],
      [
        { ...spent, activationsSpent: { hosts: 2, activations: -5 } },
        /activationsSpent.activations must be >= 0/,
      ],
    ] as [LedgerDocument, RegExp][]) {
      assert.throws(() => parseLedger(JSON.stringify(changed), "here", key.keyFingerprint), {
        code: "KMS6003",
        message: reason,
      });
    }
  });

  it("is not written where it could not be read again", () => {
    const unreadable = raiseLimit(document, change(), { hosts: 10_001, reference: "SR-1" });
    assert.throws(() => formatLedger(unreadable), {
      message:
        "the ledger stays as it is, because the change would damage it: hostLimitException.hosts must be <= 10000",
    });
  });

  it("fails for a newer version, whatever it holds", () => {
    assert.throws(() => parse('{"version": 2, "places": {}}'), {
      code: "KMS6004",
      message: /document version 2, and this package knows versions up to 1/,
    });
  });

  it("fails for the ledger of another key", () => {
    assert.throws(() => parse(altered({ keyFingerprint: "f".repeat(32), keyEnding: "NNN22" })), {
      code: "KMS6005",
      message: /another key, which ends in NNN22/,
    });
  });
});
