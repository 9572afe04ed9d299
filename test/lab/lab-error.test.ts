import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { errorEntries } from "../../provider/errors/kms-error";
import { LabError, labErrors } from "../../provider/lab/lab-error";
import { errorPage } from "../../provider/lab/scripts/error-page";
import runErrors from "../lab-run/errors.json";
import { LabRunError } from "../lab-run/lab-run-error";

const root = path.resolve(__dirname, "../..");

/** Codes that the sources in a folder raise. */
function raised(folder: string): string[] {
  const codes = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !/^(bin|scripts)\b/.test(file))
    .map((file) =>
      readFileSync(path.join(root, folder, file), "utf8").replace(/^ *(\/\*\*|\*|\/\/).*$/gm, ""),
    )
    .flatMap((text) => text.match(/KMS\d{4}/g) ?? []);
  return [...new Set(codes)].sort();
}

const placeholders = ({ message, fix }: { message: string; fix: string }) =>
  [...new Set([...`${message} ${fix}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

describe("errors of the lab", () => {
  it("read as those of the package do, and keep their cause", () => {
    const cause = new Error("EACCES");
    const error = new LabError("KMS7067", { property: "--log", values: { given: "lab.log" }, cause });
    assert.equal(
      error.message,
      "KMS7067 --log: the lab runs already, so that lab.log would not be written. " +
        "Run `npx pulumi-windows-kms-lab stop` first, or leave the flag out",
    );
    assert.deepEqual(
      [error.name, error.code, error.property, error.cause],
      ["LabError", "KMS7067", "--log", cause],
    );
    assert.equal(new LabRunError("KMS7016", { values: { counts: "1 update" } }).name, "LabRunError");
    assert.throws(() => new LabError("KMS2004"), TypeError);
  });

  it("are each raised, and raised nowhere without a row", () => {
    const codes = labErrors.map(({ code }) => code);
    const codesOfRun = runErrors.map(({ code }) => code);
    assert.deepEqual(codes, raised("provider/lab"));
    assert.deepEqual(
      raised("test/lab-run").filter((code) => !codes.includes(code)),
      codesOfRun,
    );
  });

  it("share no code with the package", () => {
    const codes = new Set(errorEntries().map(({ code }) => code));
    assert.deepEqual(
      [...labErrors, ...runErrors].filter(({ code }) => codes.has(code)),
      [],
    );
  });

  it("have an example with a value for each placeholder and no other", () => {
    for (const entry of labErrors) {
      assert.deepEqual(Object.keys(entry.example?.values ?? {}).sort(), placeholders(entry), entry.code);
    }
  });

  it("stand in docs/lab-errors.md as they are", async () => {
    const file = path.join(root, "docs/lab-errors.md");
    assert.equal(
      readFileSync(file, "utf8"),
      await errorPage(labErrors, file),
      "run `npm run generate -w provider/lab`",
    );
  });
});
