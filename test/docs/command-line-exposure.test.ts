import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

/** A page as one line, as a reader takes it in. */
const page = (name: string) =>
  readFileSync(path.resolve(__dirname, "../..", name), "utf8").replace(/\s+/g, " ");

describe("the documentation on host keys in Azure", () => {
  it("says that a managed run command puts the key on a command line, who sees it, and what avoids it", () => {
    const said = {
      "README.md": [
        /managed run commands put their parameters on the command line of the script on the machine/,
        /whatever records command lines there, can see the host key while it is installed/,
        /Keys travel over standard input and never appear on a command line/,
      ],
      "docs/how-to/first-host.md": [
        /hands the script its parameters on the command line of the machine, protected ones included/,
        /event 4688 with command lines/,
        /reach the host over SSH: keys travel over standard input there/,
      ],
    };
    for (const [name, sentences] of Object.entries(said)) {
      sentences.forEach((sentence) => assert.match(page(name), sentence, name));
    }
  });
});
