import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  quoteFor,
  setVariables,
  type Shell,
  unsetVariables,
  usersShell,
} from "../../../provider/lab/cli/shell-text";

const environment = { A_LAB: 'it\'s $HOME \\ `x` "y"', B_LAB: "", C_LAB: "file:///tmp/a b" };
const printEnvironment = "JSON.stringify([process.env.A_LAB, process.env.B_LAB, process.env.C_LAB])";

const isMissing = (program: string) => spawnSync(program, ["--version"]).error !== undefined;

describe("text that sets variables", () => {
  const written: [Shell, string][] = [
    ["sh", "export A='it'\\''s $HOME'\nexport B=''\n"],
    ["fish", "set -gx A 'it\\'s $HOME'\nset -gx B ''\n"],
    ["powershell", "$env:A = 'it''s $HOME'\n$env:B = ''\n"],
    ["dotenv", 'A="it\'s \\$HOME"\nB=\n'],
    ["json", '{\n  "A": "it\'s $HOME",\n  "B": ""\n}\n'],
  ];
  for (const [shell, text] of written) {
    it(`is quoted for ${shell}`, () => {
      assert.equal(setVariables({ A: "it's $HOME", B: "" }, shell), text);
    });
  }

  const readers: [Shell, program: string, flags: string[]][] = [
    ["sh", "sh", ["-c"]],
    ["fish", "fish", ["-c"]],
    ["powershell", "pwsh", ["-NoProfile", "-Command"]],
  ];
  for (const [shell, program, flags] of readers) {
    it(`means just these values to ${program}`, function () {
      if (isMissing(program)) {
        this.skip();
      }
      const script = `${setVariables(environment, shell)}node -p '${printEnvironment}'`;
      const { stdout } = spawnSync(program, [...flags, script], { encoding: "utf8" });
      const [a, b, c] = JSON.parse(stdout);
      // PowerShell removes a variable that is set to nothing.
      assert.deepEqual([a, b ?? "", c], Object.values(environment));
    });
  }

  it("means just these values to Node's reader of .env files", function () {
    const folder = mkdtempSync(path.join(tmpdir(), "dotenv-"));
    try {
      const file = path.join(folder, ".env");
      const values = { A_LAB: '$HOME \\ `x` "y"', B_LAB: "", C_LAB: "file:///tmp/a b#c" };
      writeFileSync(file, setVariables(values, "dotenv"));
      const { stdout } = spawnSync(process.execPath, [`--env-file=${file}`, "-p", printEnvironment], {
        encoding: "utf8",
      });
      assert.deepEqual(JSON.parse(stdout), Object.values(values));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("takes typographic quotes for quotes in PowerShell, as PowerShell does", () => {
    assert.equal(quoteFor("powershell", "O\u2019Neill"), "'O\u2019\u2019Neill'");
  });
});

describe("text that takes variables away", () => {
  const written: [Shell, string][] = [
    ["sh", "unset A\nunset B\n"],
    ["fish", "set -e A\nset -e B\n"],
    ["powershell", "Remove-Item -ErrorAction Ignore env:A\nRemove-Item -ErrorAction Ignore env:B\n"],
    ["dotenv", "A=\nB=\n"],
    ["json", '{\n  "A": null,\n  "B": null\n}\n'],
  ];
  for (const [shell, text] of written) {
    it(`is written for ${shell}`, () => assert.equal(unsetVariables(["A", "B"], shell), text));
  }
});

describe("the user's shell", () => {
  it("is what SHELL names, and PowerShell on Windows without it", () => {
    assert.equal(usersShell({ SHELL: "/usr/bin/fish" }, "linux"), "fish");
    assert.equal(usersShell({ SHELL: "/bin/zsh" }, "darwin"), "sh");
    assert.equal(usersShell({}, "linux"), "sh");
    assert.equal(usersShell({}, "win32"), "powershell");
    assert.equal(usersShell({ SHELL: "/usr/bin/bash" }, "win32"), "sh");
  });
});
