import assert from "node:assert/strict";
import type { Node } from "web-tree-sitter";
import {
  confirmationIdParameter,
  licensingScript,
  planParameter,
  productKeyParameter,
  sealedKeyParameter,
} from "../../provider/machine/licensing-script";
import { nodesOf, parsePowerShell } from "./parse-powershell";

/** Our own bound: the script travels in every request. */
const maximumScriptBytes = 36_000;

describe("machine/licensing.ps1", () => {
  let root: Node;
  let nodes: Node[];
  before(async () => {
    root = (await parsePowerShell(licensingScript)).rootNode;
    nodes = nodesOf(root);
  });
  const textsOf = (...types: string[]) =>
    nodes.filter(({ type }) => types.includes(type)).map(({ text }) => text);

  it("is PowerShell without a syntax error", () => {
    assert.equal(root.hasError, false);
    assert.deepEqual(
      nodes.filter((node) => node.isError || node.isMissing).map(({ text }) => text),
      [],
    );
  });

  it("is ASCII and small", () => {
    assert.match(licensingScript, /^[\n\x20-\x7e]+$/);
    assert.ok(licensingScript.length < maximumScriptBytes);
  });

  it("has nothing that Windows PowerShell lacks", async () => {
    assert.deepEqual(textsOf("pipeline_chain_tail", "??", "??=", "?.", "ternary_expression"), []);
    const parameters = textsOf("command_parameter").map((text) => text.toLowerCase());
    assert.deepEqual(
      parameters.filter((text) => ["-parallel", "-asjson", "-ashashtable"].includes(text)),
      [],
    );
    for (const newer of ["$a = $b ?? 1\n", "$a ??= 1\n", "$a = ${b}?.c\n", "$a = $b ? 1 : 2\n"]) {
      assert.equal((await parsePowerShell(newer)).rootNode.hasError, true, `the grammar takes ${newer}`);
    }
  });

  it("takes the parameters that the transports pass", () => {
    const names = nodes
      .filter(({ type }) => type === "script_parameter")
      .slice(0, 4)
      .map((node) => nodesOf(node).find(({ type }) => type === "variable")?.text);
    assert.deepEqual(
      names,
      [planParameter, productKeyParameter, sealedKeyParameter, confirmationIdParameter].map(
        (name) => `$${name}`,
      ),
    );
  });

  it("calls these commands and no others", () => {
    const own = new Set(textsOf("function_name"));
    const called = [...new Set(textsOf("command_name"))].filter((name) => !own.has(name)).sort();
    assert.deepEqual(called, [
      "Clear-DnsClientCache",
      "ConvertFrom-Json",
      "ConvertTo-Json",
      "ForEach-Object",
      "Get-CimInstance",
      "Get-Command",
      "Get-Date",
      "Get-Item",
      "Get-ItemProperty",
      "Get-NetFirewallAddressFilter",
      "Get-NetFirewallApplicationFilter",
      "Get-NetFirewallPortFilter",
      "Get-NetFirewallProfile",
      "Get-NetFirewallRule",
      "Get-WinEvent",
      "Get-WindowsFeature",
      "Install-WindowsFeature",
      "Invoke-CimMethod",
      "New-Item",
      "New-ItemProperty",
      "New-NetFirewallRule",
      "New-Object",
      "Remove-ItemProperty",
      "Restart-Service",
      "Select-Object",
      "Set-NetFirewallRule",
      "Set-StrictMode",
      "Sort-Object",
      "Start-Sleep",
      "Test-Path",
      "Where-Object",
    ]);
  });

  it("uses the secrets for the methods' arguments and for masking only", () => {
    const users = nodes
      .filter(
        ({ type, text }) => type === "variable" && /^\$(productKey|confirmationId|secrets)$/i.test(text),
      )
      .map((node) => enclosingFunction(node) ?? `line: ${lineOf(node)}`);
    assert.deepEqual(
      [...new Set(users)],
      [
        "line: [string]$productKey = '',",
        "line: [string]$confirmationId = ''",
        "line: $secrets = @{ productKey = $productKey; confirmationId = $confirmationId }",
        "Hide-Secrets",
        "Hide-Keys",
        "Get-MethodArguments",
        "Open-SealedKey",
      ],
    );
  });
});

const lineOf = (node: Node) => licensingScript.split("\n")[node.startPosition.row].trim();

function enclosingFunction(node: Node): string | undefined {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === "function_statement") {
      return parent.children.find((child) => child?.type === "function_name")?.text;
    }
  }
  return undefined;
}
