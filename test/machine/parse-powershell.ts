import { readFileSync } from "node:fs";
import { Language, type Node, Parser, type Tree } from "web-tree-sitter";

/** Parses PowerShell by the grammar that tree-sitter-powershell ships. */
export async function parsePowerShell(source: string): Promise<Tree> {
  await Parser.init();
  const grammar = require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(grammar)));
  return parser.parse(source)!;
}

/** All nodes below this one. */
export function nodesOf(node: Node): Node[] {
  return node.children.flatMap((child) => (child === null ? [] : [child, ...nodesOf(child)]));
}
