import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { npm } from "./installed-package";

const repository = path.resolve(__dirname, "../..");
const folder = path.join(repository, "provider/lab");
const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const manifest = read(path.join(folder, "package.json"));
const product = read(path.join(repository, "package.json"));

const largestPackedBytes = 150_000;
const largestUnpackedBytes = 700_000;

describe("the package of the lab", function () {
  this.timeout(60_000);
  let files: { path: string; mode: number }[];
  let size: number;
  let unpackedSize: number;

  before(async () => {
    [{ files, size, unpackedSize }] = JSON.parse(await npm(["pack", "--json", "--dry-run"], folder));
  });

  const paths = () => files.map((file) => file.path);

  it("has the version of the package, and works with no other", () => {
    assert.equal(manifest.version, product.version);
    assert.equal(manifest.peerDependencies["pulumi-windows-kms"], product.version);
    for (const name of ["@pulumi/azure-native", "@pulumi/pulumi"]) {
      assert.equal(manifest.peerDependencies[name], product.dependencies[name], name);
    }
  });

  it("has every compiled module, and every file that a module reads", () => {
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll(path.sep, "/"))
      .filter(
        (file) => /\.(ts|json)$/.test(file) && !/^(bin|scripts|node_modules)\/|\.schema\.json$/.test(file),
      )
      .filter((file) => file !== "package.json" && file !== "tsconfig.json")
      .map((file) => `bin/${file.replace(/\.ts$/, ".js")}`);
    assert.ok(sources.length > 80, "the sources were found");
    assert.deepEqual(
      sources.filter((file) => !paths().includes(file)),
      [],
    );
  });

  it("has nothing else: no sources, tests, or parts of `npm run lab`", () => {
    const rooms = "arm|azure-native|cli|compute|control|network|service|windows";
    const allowed = [
      new RegExp(`^bin/((${rooms})/)?[\\w-]+\\.(js|json)$`),
      /^(package\.json|README\.md|LICENSE)$/,
    ];
    assert.deepEqual(
      paths().filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
  });

  it("is of a moderate size", () => {
    assert.ok(size <= largestPackedBytes, `${size} bytes packed`);
    assert.ok(unpackedSize <= largestUnpackedBytes, `${unpackedSize} bytes unpacked`);
  });

  it("has a command that can be executed", () => {
    const command = files.find((file) => file.path === manifest.bin["pulumi-windows-kms-lab"]);
    assert.equal(
      readFileSync(path.join(folder, command!.path), "utf8").split("\n")[0],
      "#!/usr/bin/env node",
    );
    if (process.platform !== "win32") {
      assert.equal(command!.mode & 0o111, 0o111);
    }
  });

  it("loads only its dependencies, and one module of the package", () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const used = new Set<string>();
    for (const file of paths().filter((name) => name.endsWith(".js"))) {
      const text = readFileSync(path.join(folder, file), "utf8");
      for (const [, module] of text.matchAll(/(?:require|import)\("([^".][^"]*)"/g)) {
        used.add(module);
      }
    }
    const others = [...used].filter(
      (module) =>
        !module.startsWith("node:") &&
        !builtinModules.includes(module) &&
        !declared.some((name) => module === name || module.startsWith(`${name}/`)),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      [...used].filter((module) => module.startsWith("pulumi-windows-kms")),
      ["pulumi-windows-kms/bin/provider/testing"],
    );
  });
});
