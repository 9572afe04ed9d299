import assert from "node:assert/strict";
import { emptyLedger, type LedgerDocument } from "../../provider/ledger/document";
import { changeLedger, type LedgerStore } from "../../provider/ledger/store";
import { change, key, machine, reserve, newReservation } from "./ledgers";
import { reserve as reserveAs } from "../../provider/ledger/transitions";

/** A store in memory; `meddle` runs before each write, as somebody else would. */
function memoryStore(meddle: (put: (document: LedgerDocument) => void, writes: number) => void = () => {}) {
  let stored: LedgerDocument | undefined;
  let etag = 0;
  let writes = 0;
  const put = (document: LedgerDocument) => {
    stored = document;
    etag += 1;
  };
  const store: LedgerStore = {
    url: "memory://",
    read: async () => (stored === undefined ? undefined : { document: stored, etag: String(etag) }),
    async write(_, document, expected) {
      writes += 1;
      meddle(put, writes);
      if (expected !== (stored === undefined ? undefined : String(etag))) {
        return false;
      }
      put(document);
      return true;
    },
  };
  return { store, writes: () => writes };
}

const reservation = newReservation();
const reserveOne = (document: LedgerDocument) => reserveAs(document, change(), machine(1), reservation);

describe("ledger/store", () => {
  it("begins a ledger for a key that has none", async () => {
    const { store } = memoryStore();
    const document = await changeLedger(store, key, reserveOne);
    assert.deepEqual(document, reserveOne(emptyLedger(key)));
    assert.deepEqual((await store.read(key.keyFingerprint))?.document, document);
  });

  it("applies the transition again to what somebody else wrote meanwhile", async () => {
    const { store, writes } = memoryStore((put, count) => {
      if (count === 1) {
        put(reserve(emptyLedger(key), change("kms2"), machine(2)));
      }
    });
    const { hosts } = await changeLedger(store, key, reserveOne);
    assert.deepEqual(
      hosts.map(({ computerName }) => computerName),
      ["KMS02", "KMS01"],
    );
    assert.equal(writes(), 2);
  });

  it("counts once what was written although its answer was lost", async () => {
    const { store } = memoryStore((put, count) => {
      if (count === 1) {
        put(reserveOne(emptyLedger(key)));
      }
    });
    const { hosts } = await changeLedger(store, key, reserveOne);
    assert.deepEqual(
      hosts.map(({ activations }) => activations.length),
      [1],
    );
  });

  it("writes nothing when nothing changes", async () => {
    const { store, writes } = memoryStore();
    await changeLedger(store, key, (document) => document);
    assert.equal(writes(), 0);
  });

  it("writes nothing when the transition refuses", async () => {
    const { store, writes } = memoryStore();
    const refusal = new Error("no");
    await assert.rejects(
      changeLedger(store, key, () => {
        throw refusal;
      }),
      refusal,
    );
    assert.equal(writes(), 0);
  });

  it("ends at the signal to stop while others are faster, and is not tried again", async () => {
    const stopping = new AbortController();
    const { store, writes } = memoryStore((put) => {
      put(emptyLedger(key));
      stopping.abort();
    });
    await assert.rejects(changeLedger(store, key, reserveOne, { signal: stopping.signal }), {
      code: "KMS6027",
      message:
        /^KMS6027 the wait for the ledger memory:\/\/ was given up because the command was interrupted/,
    });
    assert.equal(writes(), 1);
  });

  it("records after the signal what nobody else keeps it from", async () => {
    const { store } = memoryStore((put, count) => {
      if (count === 1) {
        put(emptyLedger(key));
      }
    });
    const document = await changeLedger(store, key, reserveOne, { signal: AbortSignal.abort() });
    assert.deepEqual((await store.read(key.keyFingerprint))?.document, document);
  });

  it("fails at its deadline", async () => {
    const { store } = memoryStore((put) => put(emptyLedger(key)));
    await assert.rejects(changeLedger(store, key, reserveOne, { deadline: 0 }), {
      code: "KMS6006",
      message: /other runs held or changed the ledger memory:\/\/ at each of 1 attempt/,
    });
  });
});
