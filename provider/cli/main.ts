#!/usr/bin/env node
import { kmsProgram } from "./program";
import { runCli } from "./run-cli";

void runCli(kmsProgram, process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
