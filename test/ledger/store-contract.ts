import assert from "node:assert/strict";
import { changeLedger } from "../../provider/ledger/store";
import { formatLedger } from "../../provider/ledger/ledger-text";
import { emptyLedger } from "../../provider/ledger/document";
import type { LedgerStore } from "../../provider/ledger/store";
import { remaining } from "../../provider/ledger/document";
import { contend } from "./contend";
import { change, key, machine, reserve } from "./ledgers";

/** A store under test, with ways around it. */
export interface StoreUnderTest {
  /** A store that nothing is in yet, or the same one again from its URL. */
  store: LedgerStore;
  env: NodeJS.ProcessEnv;
  /** Puts a text where the document of `key` belongs. */
  put(text: string): Promise<void>;
  /** What is there. */
  get(): Promise<string>;
}

/**
 * What every store must do.
 * @param processes how many contend for a key, each of which takes a second to start
 */
export function storeContract(open: () => Promise<StoreUnderTest>, processes = 24): void {
  it("has no document at first", async () => {
    const { store } = await open();
    assert.equal(await store.read(key.keyFingerprint), undefined);
  });

  it("reads what was written", async () => {
    const { store, get } = await open();
    const document = reserve(emptyLedger(key), change(), machine(1));
    assert.equal(await store.write(key.keyFingerprint, document, undefined), true);
    assert.deepEqual((await store.read(key.keyFingerprint))?.document, document);
    assert.equal(await get(), formatLedger(document));
  });

  it("replaces only what was read", async () => {
    const { store } = await open();
    const first = emptyLedger(key);
    const second = reserve(first, change(), machine(1));
    assert.equal(await store.write(key.keyFingerprint, first, undefined), true);
    assert.equal(await store.write(key.keyFingerprint, second, undefined), false, "there is one by now");
    const { etag } = (await store.read(key.keyFingerprint))!;
    assert.equal(await store.write(key.keyFingerprint, second, etag), true);
    assert.equal(await store.write(key.keyFingerprint, first, etag), false, "it was changed meanwhile");
    assert.deepEqual((await store.read(key.keyFingerprint))?.document, second);
  });

  it("writes nothing where the document is gone", async () => {
    const { store } = await open();
    assert.equal(await store.write(key.keyFingerprint, emptyLedger(key), '"0x1"'), false);
    assert.equal(await store.read(key.keyFingerprint), undefined);
  });

  it("keeps keys apart", async () => {
    const { store } = await open();
    const other = { ...key, keyFingerprint: "f".repeat(32) };
    await changeLedger(store, key, (document) => reserve(document, change(), machine(1)));
    await changeLedger(store, other, (document) => reserve(document, change(), machine(2)));
    const { document } = (await store.read(key.keyFingerprint))!;
    assert.deepEqual(
      document.hosts.map(({ computerName }) => computerName),
      ["KMS01"],
    );
  });

  for (const [name, text, code] of [
    ["a truncated", formatLedger(emptyLedger(key)).slice(0, 80), "KMS6003"],
    ["a foreign", '{"name": "something else"}', "KMS6003"],
    ["a newer", '{"kind": "pulumi-windows-kms/ledger", "version": 2}', "KMS6004"],
    ["another key's", formatLedger(emptyLedger({ ...key, keyFingerprint: "f".repeat(32) })), "KMS6005"],
  ]) {
    it(`refuses ${name} document and leaves it as it is`, async () => {
      const { store, put, get } = await open();
      await put(text);
      await assert.rejects(
        changeLedger(store, key, (document) => reserve(document, change(), machine(1))),
        { code },
      );
      assert.equal(await get(), text);
    });
  }

  it(`lets six of ${processes} processes have the six hosts of a key, and tells the others what to do`, async function () {
    this.timeout(120_000);
    const { store, env } = await open();
    const results = await contend(store.url, env, processes);
    const lost = results.filter((result) => result !== "");
    assert.equal(lost.length, processes - 6, results.join("\n"));
    for (const message of lost) {
      assert.match(message, /^KMS6010 KMS\d\d would be KMS host number 7 .*hostLimitException/);
    }
    const { document } = (await store.read(key.keyFingerprint))!;
    const winners = results.flatMap((result, index) =>
      result === "" ? [machine(index + 1).computerName] : [],
    );
    assert.deepEqual(document.hosts.map(({ computerName }) => computerName).sort(), winners);
    assert.deepEqual(
      document.hosts.flatMap(({ activations }) => activations.map(({ outcome }) => outcome)),
      Array.from({ length: 6 }, () => "committed"),
    );
    assert.equal(remaining(document).hostsLeft, 0);
    assert.equal(document.history.length, 12);
  });
}
