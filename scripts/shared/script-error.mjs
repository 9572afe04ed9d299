import { readFileSync } from "node:fs";
import { inRepository } from "./repository.mjs";

/**
 * A refusal or failure of a script, worded by the package's error registry. It reads the registry's JSON itself,
 * because scripts also run where nothing is built yet.
 */
export class ScriptError extends Error {
  constructor(code, { values = {}, cause } = {}) {
    super(formatScriptError(code, values), cause === undefined ? undefined : { cause });
    this.name = "ScriptError";
    this.code = code;
  }
}

function formatScriptError(code, values) {
  const rows = JSON.parse(readFileSync(inRepository("provider/errors/errors.json"), "utf8"));
  const row = rows.find((candidate) => candidate.code === code);
  if (row === undefined) {
    throw new TypeError(`no such error code: ${code}`);
  }
  const fill = (template) => template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  return `${code} ${fill(row.message)}. ${fill(row.fix)}`;
}
