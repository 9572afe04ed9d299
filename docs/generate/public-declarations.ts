import path from "node:path";
import ts from "typescript";
import {
  type Declaration,
  findDeclaration,
  moduleOf,
  namedElements,
  sourceFile,
} from "../../scripts/arguments/declarations";
import { ScriptError } from "../../scripts/shared/script.mjs";

/** What a module exports, by the names that its users write, in the order of its text. */
export function publicDeclarations(entry: string): Declaration[] {
  const file = sourceFile(entry);
  return file.statements.filter(ts.isExportDeclaration).flatMap((statement) =>
    namedElements(statement).map(({ name, propertyName }) => {
      const target = moduleOf(statement, file) ?? file;
      return { ...declarationOf((propertyName ?? name).text, target), name: name.text };
    }),
  );
}

function declarationOf(name: string, file: ts.SourceFile): Declaration {
  const found = findDeclaration(name, file);
  if (found === undefined) {
    throw new ScriptError(
      `the public name ${name} has no declaration that ${path.basename(file.fileName)} leads to. Export it by name from ` +
        "a file of its own, so that the reference can describe it",
    );
  }
  return found;
}

/**
 * Names that users know declarations by: for the name in a source the public one, undefined for what is not public. A
 * declaration that is exported under another name has both.
 */
export type PublicName = (name: string) => string | undefined;

export function publicNames(declarations: Declaration[]): PublicName {
  const names = new Map(
    declarations.flatMap(({ name, node }) => [
      [node.name?.getText() ?? name, name],
      [name, name],
    ]),
  );
  return (name) => names.get(name);
}
