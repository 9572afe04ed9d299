import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { npm } from "./installed-package";

interface PackedFile {
  path: string;
  size: number;
  mode: number;
}

const repository = path.resolve(__dirname, "../..");
const manifest = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8"));

const largestPackedBytes = 720_000;
const largestUnpackedBytes = 4_000_000;

describe("contents of the package", function () {
  this.timeout(60_000);
  let files: PackedFile[];
  let size: number;
  let unpackedSize: number;

  before(async () => {
    [{ files, size, unpackedSize }] = JSON.parse(await npm(["pack", "--json", "--dry-run"], repository));
  });

  const paths = () => files.map((file) => file.path);

  it("include everything that programs and the command line load", () => {
    const expected = [
      "package.json",
      "README.md",
      "CHANGELOG.md",
      "LICENSE",
      manifest.main,
      manifest.types,
      ...Object.values<string>(manifest.bin),
      "bin/provider/testing.js",
      "docs/errors.md",
    ];
    assert.deepEqual(
      expected.filter((file) => !paths().includes(file)),
      [],
    );
  });

  it("include every compiled module, and every file that a module reads", () => {
    const sources = readdirSync(path.join(repository, "provider"), { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll(path.sep, "/"))
      .filter((file) => !/^(lab|policy)\//.test(file))
      .map((file) => `bin/provider/${file}`)
      .filter((file) => /\.(ts|js|json|ps1|css)$/.test(file) && !file.endsWith(".d.ts"))
      .map((file) => file.replace(/\.ts$/, ".js"));
    assert.ok(sources.length > 100, "the sources were found");
    assert.deepEqual(
      sources.filter((file) => !paths().includes(file)),
      [],
    );
  });

  it("include nothing else: no sources, tests, examples, caches or dotfiles", () => {
    const allowed = [
      /^bin\/provider\/(?!lab\/|policy\/)([\w-]+\/)*[\w.-]+\.(js|json|ps1|css)$/,
      /^bin\/provider\/(?!lab\/|policy\/)([\w-]+\/)*[\w.-]+\.d\.ts$/,
      /^docs\/([\w-]+\/)*[\w.-]+\.(md|svg|json)$/,
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
    ];
    assert.deepEqual(
      paths().filter(
        (file) => !allowed.some((pattern) => pattern.test(file)) || /(^|\/)\.|\.test\./.test(file),
      ),
      [],
    );
  });

  it("are of a moderate size", () => {
    assert.ok(size <= largestPackedBytes, `${size} bytes packed`);
    assert.ok(unpackedSize <= largestUnpackedBytes, `${unpackedSize} bytes unpacked`);
  });

  it("include a command that can be executed", () => {
    const command = files.find((file) => file.path === manifest.bin["pulumi-windows-kms"]);
    assert.equal(
      readFileSync(path.join(repository, command!.path), "utf8").split("\n")[0],
      "#!/usr/bin/env node",
    );
    if (process.platform !== "win32") {
      assert.equal(command!.mode & 0o111, 0o111);
    }
  });

  it("load no module that is not a dependency", () => {
    const declared = [
      manifest.name as string,
      ...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
    ];
    const used = new Map<string, string>();
    for (const file of paths().filter((name) => /\.(js|d\.ts)$/.test(name))) {
      const text = readFileSync(path.join(repository, file), "utf8");
      for (const [, module] of text.matchAll(/(?:require\(|import\(|\bfrom )"([^".][^"]*)"/g)) {
        used.set(module, file);
      }
    }
    assert.ok(used.has("@pulumi/pulumi") && used.has("commander"), "imports were found");
    const others = [...used].filter(
      ([module]) =>
        !module.startsWith("node:") &&
        !builtinModules.includes(module) &&
        !declared.some((name) => module === name || module.startsWith(`${name}/`)),
    );
    assert.deepEqual(others, []);
  });
});
