// Creates the client group whose inputs are the JSON on standard input, as the engine's provider does; prints its outputs.
const { text } = require("node:stream/consumers");
const { create } = require("pulumi-windows-kms/bin/provider/handlers");

async function main() {
  const { outs } = await create(JSON.parse(await text(process.stdin)));
  process.stdout.write(`\n${JSON.stringify(outs.members)}\n`);
}

void main();
