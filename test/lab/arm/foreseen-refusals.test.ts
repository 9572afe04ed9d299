import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { azureRules } from "../../../provider/catalog/azure-rules";
import { errorEntries } from "../../../provider/errors/kms-error";
import { saidOf, saidOfChanges } from "./foreseen-refusals";
import refusalsAtUpdate from "./refusals-at-update.json";

/** The codes that the lab's source refuses requests with. */
async function codesOfLab(): Promise<string[]> {
  const lab = join(__dirname, "../../../provider/lab");
  const files = await readdir(lab, { recursive: true });
  const sources = files.filter((file) => /^(arm|compute|network|control)\/.*\.ts$/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(join(lab, file), "utf8")));
  return texts.flatMap((text) =>
    [...text.matchAll(/new ArmError\(\s*\d+,\s*"(\w+)"/g)].map(([, code]) => code),
  );
}

describe("refusals of the lab", () => {
  it("are known to the preview, or listed with the reason why only an update can tell", async () => {
    const byRule = Object.values(azureRules).map(({ code }) => code);
    const all = new Set([...byRule, ...(await codesOfLab())]);
    assert.ok(all.size > 50, "the source of the lab is read");
    const said = (code: string) => saidOf[code] !== undefined || saidOfChanges[code] !== undefined;
    const exceptions = Object.keys(refusalsAtUpdate);
    assert.deepEqual(
      [...all].filter((code) => !said(code)).sort(),
      exceptions,
      "each code is in one of the lists",
    );
    assert.deepEqual(exceptions.filter(said), []);
  });

  it("name diagnostics that exist", () => {
    const codes = new Set(errorEntries().map(({ code }) => code));
    const named = [
      ...[...Object.values(saidOf), ...Object.values(saidOfChanges)].flat(),
      ...Object.values(refusalsAtUpdate).flatMap((reason) => reason.match(/KMS\d{4}/g) ?? []),
    ];
    assert.deepEqual(
      named.filter((code) => !codes.has(code)),
      [],
    );
  });
});
