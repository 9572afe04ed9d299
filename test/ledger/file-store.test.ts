import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeLedger } from "../../provider/ledger/store";
import { emptyLedger } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { change, key, machine, reserve } from "./ledgers";
import { storeContract } from "./store-contract";

describe("ledger/file-store", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "kms-ledger-")), "ledger");
    path = join(folder, `${key.keyFingerprint}.json`);
  });

  afterEach(() => rm(join(folder, ".."), { recursive: true }));

  const open = () => openLedger(`file://${folder}`);

  storeContract(async () => ({
    store: open(),
    env: {},
    put: async (text) => {
      await mkdir(folder, { recursive: true });
      await writeFile(path, text);
    },
    get: () => readFile(path, "utf8"),
  }));

  it("lets nobody else read it, and leaves nothing but it", async () => {
    await open().write(key.keyFingerprint, emptyLedger(key), undefined);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });

  it("keeps all of many changes at once in one process", async () => {
    const granted = { hosts: 30, reference: "SR-1" };
    const indexes = Array.from({ length: 20 }, (_, index) => index + 1);
    const store = open();
    await store.write(key.keyFingerprint, { ...emptyLedger(key), hostLimitException: granted }, undefined);
    await Promise.all(
      indexes.map((index) =>
        changeLedger(store, key, (document) => reserve(document, change(), machine(index))),
      ),
    );
    assert.equal((await store.read(key.keyFingerprint))?.document.hosts.length, 20);
  });

  it("waits for a lock and gives up at the deadline", async () => {
    await mkdir(`${path}.lock`, { recursive: true });
    await assert.rejects(
      changeLedger(open(), key, (document) => reserve(document, change(), machine(1)), { deadline: 0 }),
      { code: "KMS6006" },
    );
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json.lock`]);
  });

  it("takes over the lock and removes the leftovers of a process that died", async () => {
    const minuteAgo = Date.now() / 1000 - 60;
    await mkdir(`${path}.lock`, { recursive: true });
    await utimes(`${path}.lock`, minuteAgo, minuteAgo);
    await writeFile(`${path}.0000.tmp`, '{"half');
    await changeLedger(open(), key, (document) => reserve(document, change(), machine(1)));
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });

  it("loses nothing when many find the lock of a dead process at once", async () => {
    const minuteAgo = Date.now() / 1000 - 60;
    const granted = { hosts: 30, reference: "SR-1" };
    const indexes = Array.from({ length: 20 }, (_, index) => index + 1);
    const store = open();
    await store.write(key.keyFingerprint, { ...emptyLedger(key), hostLimitException: granted }, undefined);
    await mkdir(`${path}.lock`);
    await utimes(`${path}.lock`, minuteAgo, minuteAgo);
    await Promise.all(
      indexes.map((index) =>
        changeLedger(open(), key, (document) => reserve(document, change(), machine(index))),
      ),
    );
    assert.equal((await store.read(key.keyFingerprint))?.document.hosts.length, 20);
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });

  it("fails with the cause when the folder cannot be used", async () => {
    await mkdir(join(folder, ".."), { recursive: true });
    await writeFile(folder, "a file");
    await assert.rejects(open().read(key.keyFingerprint), (error: Error & { code: string }) => {
      assert.equal(error.code, "KMS6002");
      assert.match(error.message, /ENOTDIR/);
      assert.equal((error.cause as NodeJS.ErrnoException).code, "ENOTDIR");
      return true;
    });
  });
});
