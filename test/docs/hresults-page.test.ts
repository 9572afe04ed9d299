import assert from "node:assert/strict";
import { hresultsPage } from "../../docs/generate/hresults-page";
import { hresults } from "../../docs/generate/product";

describe("reference of HRESULTs", () => {
  it("has meaning, causes in order with their sources, and remedy of each side under an anchor that is the code", async () => {
    const article = "https://learn.microsoft.com/a/article";
    const other = "https://learn.microsoft.com/a/other";
    const row = {
      hresult: "0xC004F041",
      side: "client" as const,
      name: "SL_E_NAME",
      meaning: "the KMS host is not activated",
      causes: [
        { id: "first", cause: "it has no key", codes: ["KMS2270", "KMS2115"], source: other },
        { id: "second", cause: "it was rebuilt", source: article },
      ],
      remedy: "Activate it.",
      source: article,
    };
    const text = await hresultsPage([{ ...row, side: "host", unconfirmed: true }, row]);
    assert.ok(
      text.endsWith(
        [
          "- [0xC004F041](#0xc004f041) the KMS host is not activated",
          '<a id="0xc004f041"></a>',
          "## 0xC004F041 SL_E_NAME",
          "**On a KMS host:** The KMS host is not activated. No text of Microsoft's says so.[^article]",
          "1. `first`: it has no key. The preview names it with [KMS2270](errors.md#kms2270), [KMS2115](errors.md#kms2115).[^other]\n2. `second`: it was rebuilt.[^article]",
          "**What to do:** Activate it.",
          "**On a KMS client:** The KMS host is not activated.[^article]",
          "1. `first`: it has no key. The preview names it with [KMS2270](errors.md#kms2270), [KMS2115](errors.md#kms2115).[^other]\n2. `second`: it was rebuilt.[^article]",
          "**What to do:** Activate it.",
          `[^article]: <${article}>`,
          `[^other]: <${other}>\n`,
        ].join("\n\n"),
      ),
      text,
    );
  });

  it("lists every code of the catalogue once, in the order of their numbers", async () => {
    const text = await hresultsPage(hresults());
    const codes = [...text.matchAll(/^<a id="(.*)"><\/a>$/gm)].map(([, code]) => code);
    assert.deepEqual(codes, [...new Set(hresults().map(({ hresult }) => hresult.toLowerCase()))].sort());
  });
});
