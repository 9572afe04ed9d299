import assert from "node:assert/strict";
import { emptyLedger, formatLedger, parseLedger } from "../../provider/ledger/document";
import { change, key, machine, reserve } from "./ledgers";

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
