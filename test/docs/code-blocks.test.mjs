import assert from "node:assert/strict";
import { compileBlocks } from "./compile-blocks.mjs";
import { allBlocks, placeOf } from "./pages.mjs";

const languages = ["ts", "sh", "json", "text", ""];

/** Blocks that must not compile, but for the last three. */
const probe = (line, text, file) => ({ page: "probe.md", line, language: "ts", text, file });
const probes = [
  probe(10, 'new KMSHost("kms", { machine: {}, zoens: [] });\n'),
  probe(20, 'import { KMSHost } from "pulumi-windows-kms";\n\nnew KMSHost(1);\n'),
  probe(30, "\nnobody();\n"),
  probe(40, "config.require('x');\n", "index.ts"),
  probe(50, "export const there = 1;\n", "there.ts"),
  probe(60, "export const { fqdn } = host;\n"),
  probe(70, 'import { there } from "./there";\nconst { fqdn } = host;\nfqdn.apply(() => there);\n'),
];

describe("blocks of TypeScript in the documentation", function () {
  // The compiler reads all types of azure-native once.
  this.timeout(180_000);

  const blocks = allBlocks();
  let complaints = [];
  before(() => {
    complaints = compileBlocks([...blocks.filter(({ language }) => language === "ts"), ...probes]);
  });

  it("are there", () => {
    assert.ok(blocks.filter(({ language }) => language === "ts").length >= 15);
  });

  it("have a language that is known here, so that none is missed", () => {
    const unknown = blocks.filter(({ language }) => !languages.includes(language));
    assert.deepEqual(
      unknown.map((block) => `${placeOf(block)} ${block.language}`),
      [],
    );
  });

  it("compile", () => {
    assert.deepEqual(
      complaints.filter((text) => !text.startsWith("probe.md")),
      [],
    );
  });

  it("would not compile with a wrong argument, a wrong value or an unknown name; told by page and line", () => {
    assert.deepEqual(
      complaints.filter((text) => text.startsWith("probe.md")).map((text) => /^\S+ \S+/.exec(text)[0]),
      ["probe.md:11 TS2561", "probe.md:23 TS2554", "probe.md:32 TS2304", "probe.md:41 TS2304"],
    );
  });
});
