import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ScriptError } from "../../shared/script.mjs";

/**
 * A declaration as the public names of a package lead to it.
 * @typedef {{ name: string, node: ts.Declaration, file: ts.SourceFile }} Declaration
 */

/** Sources are read as they are: types are not needed, and those of azure-native would take many seconds. */
const parsed = new Map();

function sourceFile(fileName) {
  const known = parsed.get(fileName);
  if (known !== undefined) {
    return known;
  }
  const file = ts.createSourceFile(fileName, readFileSync(fileName, "utf8"), ts.ScriptTarget.Latest, true);
  parsed.set(fileName, file);
  return file;
}

/** What a module exports, by the names that its users write, in the order of its text. */
export function publicDeclarations(entry) {
  return sourceFile(entry)
    .statements.filter(ts.isExportDeclaration)
    .flatMap((statement) =>
      statement.exportClause.elements.map(({ name, propertyName }) => {
        const target = moduleOf(statement, sourceFile(entry));
        return { ...declarationOf((propertyName ?? name).text, target), name: name.text };
      }),
    );
}

/** The declaration that a name stands for in a file, there or where it comes from; undefined for names from elsewhere. */
export function findDeclaration(name, file) {
  const own = file.statements.flatMap(declared).find((node) => node.name?.text === name);
  if (own !== undefined) {
    return { name, node: own, file };
  }
  for (const statement of file.statements) {
    const specifier = namedElements(statement).find((element) => element.name.text === name);
    if (specifier !== undefined && isLocal(statement)) {
      return findDeclaration((specifier.propertyName ?? specifier.name).text, moduleOf(statement, file));
    }
  }
  return undefined;
}

function declarationOf(name, file) {
  const found = findDeclaration(name, file);
  if (found === undefined) {
    throw new ScriptError(
      `the public name ${name} has no declaration that ${path.basename(file.fileName)} leads to. Export it by name from ` +
        "a file of its own, so that the reference can describe it",
    );
  }
  return found;
}

/** Declarations that a statement makes. */
const declared = (statement) =>
  ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [statement];

function namedElements(statement) {
  const clause = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : ts.isExportDeclaration(statement)
      ? statement.exportClause
      : undefined;
  return clause?.elements ?? [];
}

const isLocal = ({ moduleSpecifier }) => moduleSpecifier?.text.startsWith(".") ?? false;

const moduleOf = ({ moduleSpecifier }, from) =>
  sourceFile(path.resolve(path.dirname(from.fileName), `${moduleSpecifier.text}.ts`));
