import assert from "node:assert/strict";
import { catalogue } from "../../scripts/docs/catalogue.mjs";
import { errorsPage, rangeOf } from "../../scripts/docs/errors-page.mjs";

describe("error reference", () => {
  it("has a heading, what it means and what to do, under an anchor that is the code", async () => {
    const text = await errorsPage([
      {
        code: "KMS2004",
        title: "A title",
        message: 'the group "{given}" is wrong',
        fix: "Change os or keyGroup: {hint}.",
      },
    ]);
    assert.ok(
      text.endsWith(
        [
          "**Rules: what goes together**",
          "- [KMS2004](#kms2004) A title",
          '<a id="kms2004"></a>',
          "## KMS2004 A title",
          'The group "{given}" is wrong.',
          "**What to do:** Change os or keyGroup: {hint}.\n",
        ].join("\n\n"),
      ),
      text,
    );
  });

  it("has a range for every code of the registry", () => {
    for (const { code } of catalogue.errorEntries()) {
      assert.ok(rangeOf(code).length > 0, code);
    }
  });

  it("fails for a code outside all ranges and names the file to change", () => {
    assert.throws(
      () => rangeOf("KMS0001"),
      /^ScriptError: KMS7051 the error code KMS0001 .*error-ranges\.json\.?$/,
    );
  });
});
