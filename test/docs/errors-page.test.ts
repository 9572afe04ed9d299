import assert from "node:assert/strict";
import { errorsPage, rangeOf } from "../../docs/generate/errors-page";
import { errorEntries, type formatError } from "../../docs/generate/product";

describe("error reference", () => {
  it("has a heading, what it means, what to do and an example, under an anchor that is the code", async () => {
    const row = {
      code: "KMS2004",
      title: "A title",
      message: 'the group "{given}" is wrong',
      fix: "Change os or keyGroup: {hint}.",
      acknowledge: "no" as const,
    };
    const print: typeof formatError = (code, { property, values } = {}) =>
      `${code} ${property}: ${values?.given}\n  next_line`;
    const examples = { KMS2004: { property: "os", values: { given: "wrong" } } };
    const text = await errorsPage([row], print, examples);
    assert.ok(
      text.endsWith(
        [
          "**Rules: what goes together**",
          "- [KMS2004](#kms2004) A title",
          '<a id="kms2004"></a>',
          "## KMS2004 A title",
          'The group "{given}" is wrong.',
          "**What to do:** Change os or keyGroup: {hint}.",
          "**Example:**",
          "> KMS2004 os: wrong<br>next\\_line\n",
        ].join("\n\n"),
      ),
      text,
    );
  });

  it("says of a code whether it can be acknowledged, and whether that needs an end", async () => {
    const row = { code: "KMS2209", title: "A title", message: "it is so", fix: "Change it." };
    const pageOf = (acknowledge: "yes" | "until" | "no") =>
      errorsPage([{ ...row, acknowledge }], undefined, {});
    assert.ok((await pageOf("yes")).endsWith("Change it.\n\nCan be acknowledged.\n"));
    assert.ok((await pageOf("until")).endsWith("Can be acknowledged with an end: `until` is required.\n"));
    assert.ok((await pageOf("no")).endsWith("Change it.\n"));
  });

  it("has a range for every code of the registry", () => {
    for (const { code } of errorEntries()) {
      assert.ok(rangeOf(code).length > 0, code);
    }
  });

  it("fails for a code outside all ranges and names the file to change", () => {
    assert.throws(() => rangeOf("KMS0001"), /^Error: the error code KMS0001 .*error-ranges\.json\.?$/);
  });
});
