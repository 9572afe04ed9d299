import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { emptyLedger } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { key } from "./ledgers";

describe("openLedger", () => {
  it("takes a relative folder from where it is told", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kms-ledger-"));
    try {
      const store = openLedger("file://./ledger", { folder });
      await store.write(key.keyFingerprint, emptyLedger(key), undefined);
      assert.equal(store.url, "file://./ledger");
      assert.ok(await openLedger(`file://${folder}/ledger`).read(key.keyFingerprint));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("takes a folder as URLs write it, and one whose name has a per cent sign of its own", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kms ledger-"));
    try {
      for (const [url, name] of [
        [pathToFileURL(join(folder, "of us")).href, "of us"],
        [`file://${folder}/100% ours`, "100% ours"],
      ]) {
        await openLedger(url).write(key.keyFingerprint, emptyLedger(key), undefined);
        assert.ok((await stat(join(folder, name))).isDirectory(), url);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("knows the home folder", async () => {
    const name = `kms-ledger-absent-${process.pid}`;
    assert.equal(await openLedger(`file://~/${name}`).read(key.keyFingerprint), undefined);
    assert.equal(await openLedger(`file://${homedir()}/${name}`).read(key.keyFingerprint), undefined);
  });

  for (const [given, reason] of [
    [
      "ledger",
      /"ledger" is no place for the ledger: it begins with neither file:\/\/ nor azblob:\/\/.*Give file/,
    ],
    ["s3://bucket", /neither/],
    ["file://", /it names no folder/],
    ["azblob://", /"" is no name of a container/],
    ["azblob://Ledgers", /"Ledgers" is no name of a container/],
    ["azblob://ledgers/inner?storage_account=a", /"ledgers\/inner" is no name of a container/],
    ["azblob://ledgers?storage_account=A.B", /"A\.B" is no name of a storage account/],
    ["azblob://ledgers?account=lab", /unknown parameter account/],
  ] as const) {
    it(`fails for ${given}`, () => {
      assert.throws(() => openLedger(given), { code: "KMS6001", message: reason });
    });
  }

  it("repeats no signature that somebody put into the URL", () => {
    assert.throws(
      () => openLedger("azblob://ledgers?sv=2024&sig=abcdef"),
      (error: Error) => !error.message.includes("abcdef") && error.message.includes('"azblob://ledgers"'),
    );
  });
});
