import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { emptyLedger } from "../../provider/ledger/document";
import { ledgerUrl, openLedger } from "../../provider/ledger/open-ledger";
import { key } from "./ledgers";

describe("ledger/open-ledger", () => {
  it("resolves a relative folder", async () => {
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
      /"ledger" is not a ledger URL: it begins with neither file:\/\/ nor azblob:\/\/.*Specify file/,
    ],
    ["s3://bucket", /neither/],
    ["file://", /it names no folder/],
    ["azblob://", /"" is not the name of a container/],
    ["azblob://Ledgers", /"Ledgers" is not the name of a container/],
    ["azblob://ledgers/inner?storage_account=a", /"ledgers\/inner" is not the name of a container/],
    ["azblob://ledgers?storage_account=A.B", /"A\.B" is not the name of a storage account/],
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

describe("ledger/open-ledger: the URL", () => {
  it("is the lab's before the one given, the environment's and the folder beside the program", () => {
    const environment = { PULUMI_WINDOWS_KMS_LEDGER: "file:///env" };
    const lab = { ...environment, PULUMI_WINDOWS_KMS_LAB_LEDGER: "file:///lab" };
    assert.equal(ledgerUrl("file:///given", lab), "file:///lab");
    assert.equal(ledgerUrl("file:///given", environment), "file:///given");
    assert.equal(ledgerUrl("", environment), "file:///env");
    assert.equal(ledgerUrl("", {}), "file://./kms-ledger");
  });
});
