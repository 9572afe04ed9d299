#!/usr/bin/env node
import { runCli } from "pulumi-windows-kms/bin/provider/testing";
import { labProgram } from "./commands";

void runCli(labProgram, process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
