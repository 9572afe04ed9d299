import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureEngine, findOnPath, isEngine, reasonAgainst } from "../../scripts/engine.mjs";
import {
  cliVersion,
  engineFolderName,
  isAtLeast,
  moduleVersion,
  programs,
} from "../../scripts/engine/build-with-go.mjs";
import { userCacheFolder } from "../../scripts/shared/repository.mjs";

const all = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("search for an engine", function () {
  let root;

  before(function () {
    if (process.platform === "win32") {
      this.skip();
    }
  });
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "engine-search-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** A folder of programs that print a version. */
  function folder(name, programNames, version = cliVersion) {
    const dir = path.join(root, name);
    mkdirSync(dir, { recursive: true });
    for (const program of programNames) {
      writeFileSync(path.join(dir, program), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    }
    return dir;
  }

  const environment = (...folders) => ({
    PATH: folders.join(path.delimiter),
    XDG_CACHE_HOME: path.join(root, "cache"),
  });
  const inCache = (...parts) => path.join("cache", "pulumi-windows-kms", ...parts);

  it("takes the one on PATH before the one in the cache", async () => {
    const onPath = folder("bin", all);
    folder(inCache(engineFolderName()), all);
    const { dir, how, version, env } = await ensureEngine(environment(onPath));
    assert.deepEqual({ dir, how, version }, { dir: onPath, how: "on PATH", version: cliVersion });
    assert.equal(env.PATH.split(path.delimiter)[0], onPath);
  });

  it("adds npm's starter of dynamic resources to PATH where the one on PATH has none", async () => {
    const onPath = folder("bin", all.slice(0, 2));
    const { env } = await ensureEngine(environment(onPath));
    assert.match(env.PATH.split(path.delimiter).at(-1), /node_modules[\\/]@pulumi[\\/]pulumi$/);
  });

  it("takes one built earlier when there is none on PATH", async () => {
    const built = folder(inCache(engineFolderName()), all);
    const { dir, how } = await ensureEngine(environment(folder("empty", [])));
    assert.deepEqual({ dir, how }, { dir: built, how: "in the cache" });
  });

  it("takes one installed earlier when none was built", async () => {
    const installed = folder(inCache(`installed-${cliVersion}`, "bin"), all);
    assert.equal((await ensureEngine(environment(folder("empty", [])))).dir, installed);
  });

  it("passes over one on PATH that is too old", async () => {
    const built = folder(inCache(engineFolderName()), all);
    const { dir } = await ensureEngine(environment(folder("bin", all, "v3.100.0")));
    assert.equal(dir, built);
  });

  it("does not take a folder in the cache that lacks a program", () => {
    assert.equal(isEngine(folder("half", all.slice(1))), false);
    assert.equal(isEngine(folder("whole", all)), true);
  });

  it("finds companions that are elsewhere on PATH, and names those that are nowhere", () => {
    const one = folder("one", ["pulumi"]);
    const two = folder("two", ["pulumi-language-nodejs"]);
    assert.deepEqual(findOnPath([one, two].join(path.delimiter)), {
      dir: one,
      missing: ["pulumi-resource-pulumi-nodejs"],
    });
    assert.equal(findOnPath(two), undefined);
    assert.equal(findOnPath(undefined), undefined);
  });
});

describe("engine on PATH", () => {
  it("fails when it is older than the package's SDK or has no language host", () => {
    assert.equal(reasonAgainst("v3.247.9", []), `Pulumi v3.247.9 on PATH is older than ${cliVersion}`);
    assert.equal(
      reasonAgainst(cliVersion, ["pulumi-language-nodejs"]),
      "no `pulumi-language-nodejs` beside it on PATH",
    );
  });

  it("may be newer, and may lack what npm's package has", () => {
    assert.equal(reasonAgainst("v3.300.0", ["pulumi-resource-pulumi-nodejs"]), undefined);
  });
});

describe("engine versions", () => {
  it("are those of the go.mod files", () => {
    assert.deepEqual(
      programs.map(({ version }) => version),
      ["v3.248.0", "v3.68.0"],
    );
    assert.match(engineFolderName(), /^engine-v3\.248\.0-v3\.68\.0-[0-9a-f]{12}$/);
  });

  it("fails when a go.mod does not require the module", () => {
    assert.equal(moduleVersion("require (\n\ta.b/c v1.2.3 // indirect\n)", "a.b/c"), "v1.2.3");
    assert.throws(() => moduleVersion("require a.b/cd v1.2.3", "a.b/c"), TypeError);
  });

  it("are compared number by number", () => {
    assert.equal(isAtLeast("1.26.8", "1.21"), true);
    assert.equal(isAtLeast("1.21", "1.21"), true);
    assert.equal(isAtLeast("1.19.8", "1.21"), false);
    assert.equal(isAtLeast("2", "1.21"), true);
  });
});

describe("cache folder", () => {
  it("follows the platform's convention", () => {
    assert.equal(userCacheFolder({ XDG_CACHE_HOME: "/x" }, "linux", "/home/u"), "/x/pulumi-windows-kms");
    assert.equal(userCacheFolder({}, "linux", "/home/u"), "/home/u/.cache/pulumi-windows-kms");
    assert.equal(
      userCacheFolder({ LOCALAPPDATA: "C:\\Local" }, "win32", "C:\\u"),
      "C:\\Local\\pulumi-windows-kms",
    );
  });
});
