#!/usr/bin/env node
import { labCommand } from "./lab-command";
import { runCli } from "./run-cli";

const commands = [labCommand];

void runCli(process.argv.slice(2), commands).then((exitCode) => {
  process.exitCode = exitCode;
});
