import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { inRepository } from "../../scripts/shared/repository.mjs";
import { allBlocks, placeOf } from "./pages.mjs";

const { scripts } = JSON.parse(readFileSync(inRepository("package.json"), "utf8"));
const blocks = allBlocks();

/** Commands in the documentation: lines of shell blocks, and of those that have no language. */
const commands = blocks
  .filter(({ language }) => language === "sh" || language === "")
  .flatMap((block) =>
    block.text.split("\n").map((text, place) => ({
      place: placeOf({ ...block, line: block.line + place + 1 }),
      text: text.trim(),
    })),
  );

/** Commands of the command line that is in a folder, as its sources name them to commander. */
function commandsIn(folder) {
  return readdirSync(inRepository(folder))
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [
      ...readFileSync(inRepository(folder, name), "utf8").matchAll(
        /(?:\.command\(|inFolder\(\s*program,)\s*"([\w-]+)/g,
      ),
    ])
    .map(([, name]) => name);
}

/** Commands that name something which is not there. */
const wrong = (pattern, isThere) =>
  commands
    .map(({ place, text }) => ({ place, name: pattern.exec(text)?.[1] }))
    .filter(({ name }) => name !== undefined && !isThere(name))
    .map(({ place, name }) => `${place} ${name}`);

describe("commands in the documentation", () => {
  it("run scripts of package.json", () => {
    assert.ok(commands.some(({ text }) => text.startsWith("npm run lab")));
    assert.deepEqual(
      wrong(/^npm run ([\w:-]+)/, (name) => name in scripts),
      [],
    );
  });

  it("run commands that the package has", () => {
    const known = commandsIn("provider/cli");
    assert.deepEqual(
      wrong(/npx pulumi-windows-kms ([\w-]+)/, (name) => known.includes(name)),
      [],
    );
  });

  it("run commands that the lab has", () => {
    const known = commandsIn("provider/lab/cli");
    assert.ok(commands.some(({ text }) => text.startsWith("npx pulumi-windows-kms-lab start")));
    assert.deepEqual(
      wrong(/npx pulumi-windows-kms-lab ([\w-]+)/, (name) => known.includes(name)),
      [],
    );
  });

  it("name packages of the repository, and folders that those have", () => {
    const folders = {
      "pulumi-windows-kms": ".",
      "pulumi-windows-kms-lab": "provider/lab",
      "pulumi-windows-kms-policy": "provider/policy",
    };
    const isThere = (name) => {
      const [, owner, folder] = /^([\w-]+)(.*)$/.exec(name);
      return owner in folders && existsSync(inRepository(folders[owner] + folder));
    };
    const packages = wrong(/--policy-pack node_modules\/(\S+)/, isThere);
    assert.deepEqual(packages, []);
    assert.ok(isThere("pulumi-windows-kms-policy") && !isThere("pulumi-windows-kms/policy"));
  });

  it("name examples that exist", () => {
    assert.deepEqual(
      wrong(/npm run lab .*--example ([\w-]+)/, (name) => existsSync(inRepository("examples", name))),
      [],
    );
  });
});

describe("data in the documentation", () => {
  for (const block of blocks.filter(({ language }) => language === "json")) {
    it(`is JSON: ${placeOf(block)}`, () => {
      assert.equal(typeof JSON.parse(block.text), "object");
    });
  }
});
