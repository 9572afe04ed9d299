#!/usr/bin/env node
import { labCommand } from "./lab-command";
import { runCli } from "./run-cli";
import { statusCommand } from "./status-command";

const commands = [labCommand, statusCommand];

void runCli(process.argv.slice(2), commands).then((exitCode) => {
  process.exitCode = exitCode;
});
