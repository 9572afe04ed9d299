import assert from "node:assert/strict";
import { escaped, footnotes, page, table } from "../../docs/generate/markdown";

describe("Markdown of the generated documentation", () => {
  it("escapes what Markdown would take for markup, but not in code", () => {
    assert.equal(
      escaped("give <key>, not *one* of _vlmcs._tcp; run `az <x>`"),
      "give \\<key>, not \\*one\\* of \\_vlmcs.\\_tcp; run `az <x>`",
    );
  });

  it("keeps a bar inside its cell", () => {
    assert.equal(table(["a", "b"], [["x|y", "z"]]), "| a | b |\n| --- | --- |\n| x\\|y | z |");
  });

  it("cites each source once, by the last part of its address", () => {
    const sources = footnotes();
    assert.equal(
      sources.cite(
        "https://a.example/x/planning",
        "https://a.example/x/planning",
        "https://b.example/dn1(v=ws.11)",
      ),
      "[^planning][^dn1]",
    );
    assert.equal(
      sources.notes(),
      "[^planning]: <https://a.example/x/planning>\n\n[^dn1]: <https://b.example/dn1(v=ws.11)>",
    );
  });

  it("tells sources with the same last part apart", () => {
    const sources = footnotes();
    assert.equal(
      sources.cite("https://a.example/old/keys", "https://a.example/new/keys"),
      "[^keys][^keys-from-new-keys]",
    );
  });

  it("leaves a page as the formatter would", async () => {
    assert.equal(await page(["# Title", "", "* one\n* two"]), "# Title\n\n- one\n- two\n");
  });
});
