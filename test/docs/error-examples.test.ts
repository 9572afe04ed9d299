import assert from "node:assert/strict";
import Ajv from "ajv";
import schema from "../../docs/generate/error-examples.schema.json";
import { errorExamples } from "../../docs/generate/errors-page";
import { errorEntries, type ErrorEntry, formatError, setupKeys } from "../../docs/generate/product";

const entries = errorEntries();
const placeholders = ({ message, fix }: ErrorEntry) =>
  [
    ...new Set([...`${message} ${fix}`.matchAll(/\{(\w+)(?::[^|}]*\|[^}]*)?\}/g)].map(([, name]) => name)),
  ].sort();

describe("examples of the error reference", () => {
  it("fit their schema", () => {
    const valid = new Ajv().compile(schema);
    assert.ok(valid(errorExamples), JSON.stringify(valid.errors));
  });

  it("are there for each code of the registry and no other, in its order", () => {
    assert.deepEqual(
      Object.keys(errorExamples),
      entries.map(({ code }) => code),
    );
  });

  it("have a value for each placeholder of the code and no other", () => {
    for (const entry of entries) {
      const given = Object.keys(errorExamples[entry.code]?.values ?? {});
      assert.deepEqual([...given].sort(), placeholders(entry), entry.code);
    }
  });

  it("leave nothing to fill in, and join to whole sentences", () => {
    for (const { code } of entries) {
      const text = formatError(code, errorExamples[code]);
      const filledIn = Object.values(errorExamples[code]?.values ?? {}).join(" ");
      const open = (text.match(/\{\w+\}/g) ?? []).filter((part) => !filledIn.includes(part));
      assert.deepEqual(open, [], code);
      assert.doesNotMatch(text, /\.\. |: \.|undefined|null|\s{2}(?=\S)(?<!\n {2})/, code);
    }
  });

  it("show no address of the machine that they were written on, and only invented keys besides setup keys", () => {
    const publicKeys = setupKeys().map(({ key }) => key);
    const text = JSON.stringify(errorExamples);
    assert.doesNotMatch(text, /\/tmp\/|\/root\/|127\.0\.0\.1:\d{5}/);
    for (const [key] of text.matchAll(/[A-Z0-9]{5}(-[A-Z0-9]{5}){4}/g)) {
      assert.ok(publicKeys.includes(key), key);
    }
  });
});
