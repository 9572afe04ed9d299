import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeLedger } from "../../provider/ledger/store";
import { emptyLedger } from "../../provider/ledger/document";
import { raiseLimit } from "../../provider/ledger/transitions";
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

  it("leaves nothing but it, with the mode that new files have, and later with the one that it was given", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const umask = process.umask();
    await open().write(key.keyFingerprint, emptyLedger(key), undefined);
    assert.equal((await stat(path)).mode & 0o777, 0o666 & ~umask);
    assert.equal((await stat(folder)).mode & 0o777, 0o777 & ~umask);
    await chmod(path, 0o640);
    await changeLedger(open(), key, (document) => reserve(document, change(), machine(1)));
    assert.equal((await stat(path)).mode & 0o777, 0o640);
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });

  it("writes through a symbolic link, which stays one", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const elsewhere = join(folder, "..", "elsewhere.json");
    await mkdir(folder, { recursive: true });
    await symlink(elsewhere, path);
    await changeLedger(open(), key, (document) => reserve(document, change(), machine(1)));
    await changeLedger(open(), key, (document) => reserve(document, change(), machine(2)));
    assert.ok((await lstat(path)).isSymbolicLink());
    assert.equal(JSON.parse(await readFile(elsewhere, "utf8")).hosts.length, 2);
  });

  it("keeps all of many changes at once in one process", async () => {
    const granted = { hosts: 30, reference: "SR-1" };
    const indexes = Array.from({ length: 20 }, (_, index) => index + 1);
    const store = open();
    await store.write(key.keyFingerprint, raiseLimit(emptyLedger(key), change(), granted), undefined);
    await Promise.all(
      indexes.map((index) =>
        changeLedger(store, key, (document) => reserve(document, change(), machine(index))),
      ),
    );
    assert.equal((await store.read(key.keyFingerprint))?.document.hosts.length, 20);
  });

  /** A lock whose file shows any time, as one of a machine whose clock is wrong. */
  async function lockBy(holder: string, seconds: number): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.lock`, `${randomUUID()} ${holder}\n`);
    await utimes(`${path}.lock`, Date.now() / 1000 + seconds, Date.now() / 1000 + seconds);
  }

  it("waits for a lock, gives up at the deadline, and names lock and holder", async () => {
    await lockBy("process 7 on build-1", -3600);
    await assert.rejects(
      changeLedger(open(), key, (document) => reserve(document, change(), machine(1)), { deadline: 0 }),
      { code: "KMS6006", message: /it is locked by .*\.json\.lock, process 7 on build-1\./ },
    );
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json.lock`]);
  });

  for (const [hours, when] of [
    [-3, "the past"],
    [3, "the future"],
  ] as const) {
    it(`takes over a lock from ${when} once it has not changed for ten seconds, and removes leftovers`, async function () {
      this.timeout(40_000);
      await lockBy("a process that died", hours * 3600);
      await writeFile(`${path}.0000.tmp`, '{"half');
      const startedAt = performance.now();
      await changeLedger(open(), key, (document) => reserve(document, change(), machine(1)));
      assert.ok(performance.now() - startedAt >= 10_000);
      assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
    });

    it(`leaves a lock from ${when} alone whose holder lives`, async function () {
      this.timeout(40_000);
      await lockBy("another machine", hours * 3600);
      const alive = setInterval(() => {
        void appendFile(`${path}.lock`, ".").then(() => utimes(`${path}.lock`, hours * 3600, hours * 3600));
      }, 1_000);
      const deadline = Date.now() + 15_000;
      await assert
        .rejects(
          changeLedger(open(), key, (document) => reserve(document, change(), machine(1)), { deadline }),
          { code: "KMS6006" },
        )
        .finally(() => clearInterval(alive));
    });
  }

  it("loses nothing when many find the lock of a dead process at once", async function () {
    this.timeout(40_000);
    const granted = { hosts: 30, reference: "SR-1" };
    const indexes = Array.from({ length: 20 }, (_, index) => index + 1);
    const store = open();
    await store.write(key.keyFingerprint, raiseLimit(emptyLedger(key), change(), granted), undefined);
    await lockBy("a process that died", 0);
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
