import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { docComment, inherited, type Member, ownMembers } from "../../docs/generate/declared-members";
import { publicDeclarations } from "../../docs/generate/public-declarations";
import { referencePage } from "../../docs/generate/reference-page";
import type { Declaration } from "../../scripts/arguments/declarations";
import { inRepository } from "../../scripts/shared/repository.mjs";

const declarations = publicDeclarations(inRepository("provider/index.ts"));

/** All properties of a class or an interface, those of public bases as well. */
const allMembers = (declaration: Declaration): Member[] => [
  ...inherited(declaration, () => false).members,
  ...ownMembers(declaration.node),
];

/** A choice among several members, by the doc comment of a member or of its interface. */
const choice = /(Exactly|At least) one of|in place of/;

/** Whether a sentence of an interface's doc comment names the member among others to choose from. */
const isNamedIn = (text: string, member: string): boolean =>
  text.split(/\.\s/).some((sentence) => choice.test(sentence) && sentence.includes(`\`${member}\``));

describe("reference of the public names", function () {
  this.timeout(60_000);

  let page = "";
  before(async () => {
    page = await referencePage();
  });

  it("has a section for each public name, and a doc comment behind it", () => {
    for (const { name, node } of declarations) {
      assert.match(page, new RegExp(`^## ${name}$`, "m"));
      assert.notEqual(docComment(node).text, "", `${name} has no doc comment`);
    }
  });

  it("describes each argument and output", () => {
    const silent = declarations
      .flatMap((declaration) => allMembers(declaration).map((member) => ({ declaration, member })))
      .filter(({ member }) => member.doc.text === "")
      .map(({ declaration, member }) => `${declaration.name}.${member.name}`);
    assert.deepEqual(silent, []);
  });

  it("tells for each argument that it is required, what its default is, or what it is a choice of", () => {
    const unclear = declarations
      .filter(({ name }) => name.endsWith("Args"))
      .flatMap((declaration) => allMembers(declaration).map((member) => ({ declaration, member })))
      .filter(({ member: { required, doc } }) => !required && doc.fallback === undefined)
      .filter(({ member }) => !choice.test(member.doc.text))
      .filter(({ declaration, member }) => !isNamedIn(docComment(declaration.node).text, member.name))
      .map(({ declaration, member }) => `${declaration.name}.${member.name}`);
    assert.deepEqual(unclear, []);
  });

  it("links every type of the package's own: none is used that is not public", () => {
    const own = new Set(declarations.map(({ name }) => name));
    const cells = [...page.matchAll(/^\| <a id=.*?<br>(.*?) +\| /gm)].map(([, type]) => type);
    assert.ok(cells.length > 100);
    const inCode = cells
      .flatMap((type) => type.match(/`[^`]*`/g) ?? [])
      .flatMap((code) => code.match(/\b[A-Z]\w+/g) ?? []);
    assert.deepEqual([...new Set(inCode)].sort(), ["Record"]);
    const linked = cells.flatMap((type) => [...type.matchAll(/\[(\w+)\]\(#/g)].map(([, name]) => name));
    assert.ok(linked.length > 50);
    assert.deepEqual(
      linked.filter((name) => !own.has(name)),
      [],
    );
  });

  it("shows defaults as values, and behaviours as words", () => {
    assert.match(page, /`port`<br>`number` +\| TCP port of the machines, [^|]*<br>Default: `22` /);
    assert.match(
      page,
      /`port`<br>`number` +\| TCP port of the KMS host, [^|]*<br>Default: 1688; where `readOnly` the port /,
    );
    assert.match(page, /`computerName`<br>`string` +\| [^|]*<br>Default: the resource's name, shortened /);
    assert.match(page, /`keyGroup`<br>\[KeyGroup\]\(#keygroup\), \*\*required\*\* +\| /);
  });

  it("leaves internal members out", () => {
    const [host] = page.split(/^## /m).filter((section) => section.startsWith("KMSHost\n"));
    assert.match(host, /officeKeys/);
    assert.doesNotMatch(host, /officeVersions/);
    assert.doesNotMatch(page, /@internal/);
  });

  it("lists the values by Microsoft's names", () => {
    assert.match(page, /`WindowsServer2022` +\| Volume License for Windows Server 2022/);
  });

  it("groups names by what they are for", () => {
    const group = (title: string) =>
      [
        ...(new RegExp(`^\\*\\*${title}:\\*\\*([^]*?)\n\n`, "m").exec(page)?.[1] ?? "").matchAll(
          /\[(\w+)\]/g,
        ),
      ].map(([, name]) => name);
    assert.deepEqual(group("Resources"), ["KMSHost", "KMSClientGroup"]);
    assert.deepEqual(group("Outputs").sort(), [
      "Diagnostic",
      "KMSClientCounts",
      "KMSClientMember",
      "KMSHostOfficeState",
    ]);
    assert.ok(group("Arguments").includes("OneOf"));
    assert.ok(group("Constants").includes("MemberStatus"));
    assert.ok(group("Validation without Pulumi, and errors").includes("KMSHostValues"));
  });

  it("describes plain values by their arguments, and links what a record holds", () => {
    const values = page.split(/^## /m).find((section) => section.startsWith("KMSHostValues\n"));
    assert.match(
      values ?? "",
      /^KMSHostValues\n\nThe members of \[`KMSHostArgs`\]\(#kmshostargs\) as plain values;/,
    );
    assert.doesNotMatch(values ?? "", /^\|/m);
    assert.match(page, /`hosts`<br>`Record<string, `\[KMSHostValues\]\(#kmshostvalues\)`>`, optional /);
  });
});

describe("reference of a package", function () {
  this.timeout(60_000);

  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "reference-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

  it("follows renamed exports, takes what private bases have, leaves out what Omit does, and links sources", async () => {
    write("index.ts", 'export type { Stored as Member } from "./stored";\n');
    write(
      "stored.ts",
      'import type { Base } from "./base";\n/** What is kept. */\n' +
        'export interface Stored extends Omit<Base, "long"> {\n  /**\n   * Short.\n   *\n   * @see https://docs.example/short\n   */\n  short: Stored[];\n}\n',
    );
    write(
      "base.ts",
      "export interface Base {\n  /** A name. */\n  name: string;\n  /** Long. */\n  long: string;\n}\n",
    );
    const page = await referencePage(path.join(folder, "index.ts"));
    assert.match(page, /^## Member\n\nWhat is kept\.$/m);
    assert.match(page, /`name`<br>`string` +\| A name\./);
    assert.match(
      page,
      /`short`<br>\[Member\]\(#member\)\\\[\] +\| Short\. \(\[source\]\(https:\/\/docs\.example\/short\)\)/,
    );
    assert.doesNotMatch(page, /Long\./);
  });

  it("fails for a name that leads to no declaration", async () => {
    write("index.ts", 'export { missing } from "./other";\n');
    write("other.ts", "export const there = 1;\n");
    await assert.rejects(
      () => referencePage(path.join(folder, "index.ts")),
      /the public name missing has no declaration that other\.ts leads to\. Export it by name/,
    );
  });
});
