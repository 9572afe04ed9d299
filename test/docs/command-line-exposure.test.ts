import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

/** A page as one line, as a reader takes it in. */
const page = (name: string) =>
  readFileSync(path.resolve(__dirname, "../..", name), "utf8").replace(/\s+/g, " ");

describe("the documentation on host keys in Azure", () => {
  it("says that a managed run command puts its parameters on a command line, who sees them, and why the key is not there", () => {
    const said = {
      "README.md": [
        /managed run commands put their parameters on the command line of the script on the machine/,
        /the host key is sent encrypted for a pair of keys that the machine makes in its own key store, uses once and removes/,
        /Keys travel over standard input and never appear on a command line/,
      ],
      "docs/how-to/first-host.md": [
        /hands the script its parameters on the command line of the machine, protected ones included/,
        /event 4688 with command lines/,
        /The host key is therefore never sent in clear/,
        /over SSH keys travel over standard input/,
      ],
    };
    for (const [name, sentences] of Object.entries(said)) {
      sentences.forEach((sentence) => assert.match(page(name), sentence, name));
    }
  });
});
