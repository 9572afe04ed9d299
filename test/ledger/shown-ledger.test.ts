import assert from "node:assert/strict";
import { openLedger } from "../../provider/ledger/open-ledger";
import { shownLedger } from "../../provider/ledger/shown-ledger";

describe("a ledger in words", () => {
  it("is its URL without the query, with the storage account and the folder beside it", () => {
    assert.deepEqual(
      [
        "file:///srv/ledger",
        "azblob://ledgers",
        "azblob://ledgers?storage_account=acme",
        "azblob://ledgers?prefix=kms/prod&storage_account=acme",
        "azblob://ledgers?storage_account=acme&sv=2024-11-04&sig=abcdef",
        "azblob://ledgers?storage_account=sig%3Dabcdef&prefix=%26sig%3Dabcdef",
        "https://acme.blob.core.windows.net/ledgers?sig=abcdef",
      ].map(shownLedger),
      [
        "file:///srv/ledger",
        "azblob://ledgers",
        "azblob://ledgers (storage account acme)",
        "azblob://ledgers (storage account acme, folder kms/prod)",
        "azblob://ledgers (storage account acme)",
        "azblob://ledgers",
        "https://acme.blob.core.windows.net/ledgers",
      ],
    );
  });

  for (const url of [
    "azblob://ledgers?sig=abcdef",
    "azblob://Ledgers?storage_account=acme&sig=abcdef",
    "azblob://ledgers?storage_account=acme&storage_account=abcdef",
    "https://acme.blob.core.windows.net/ledgers?sv=2024&sig=abcdef",
  ]) {
    it(`stands in the refusal of ${url.replace("abcdef", "…")} without what may be a signature`, () => {
      assert.throws(
        () => openLedger(url),
        (error: Error) => error.message.startsWith("KMS6001 ") && !error.message.includes("abcdef"),
      );
    });
  }
});
