import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/*
 * Declarations by their names, from sources as they are written: resolving types would load those of azure-native, which
 * takes many seconds.
 */

export type DeclarationNode =
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration;

/** A declaration with the name that led to it, and the file that has it. */
export interface Declaration {
  name: string;
  node: DeclarationNode;
  file: ts.SourceFile;
}

const parsed = new Map<string, ts.SourceFile>();

/** A file is parsed once for each text that it has. */
export function sourceFile(fileName: string): ts.SourceFile {
  const text = readFileSync(fileName, "utf8");
  const known = parsed.get(fileName);
  if (known?.text === text) {
    return known;
  }
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  parsed.set(fileName, file);
  return file;
}

/** The declaration that a name stands for in a file, there or where it comes from; undefined for names from elsewhere. */
export function findDeclaration(name: string, file: ts.SourceFile): Declaration | undefined {
  const own = file.statements.flatMap(declared).find((node) => node.name?.getText() === name);
  if (own !== undefined) {
    return { name, node: own, file };
  }
  for (const statement of file.statements) {
    const element = namedElements(statement).find((one) => one.name.text === name);
    const module = element && moduleOf(statement, file);
    if (module !== undefined) {
      return findDeclaration((element?.propertyName ?? element?.name)?.text ?? name, module);
    }
  }
  return undefined;
}

/** Declarations that a statement makes. */
function declared(statement: ts.Statement): DeclarationNode[] {
  if (ts.isVariableStatement(statement)) {
    return [...statement.declarationList.declarations];
  }
  return ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
    ? [statement]
    : [];
}

/** What a statement imports or exports by name. */
export function namedElements(statement: ts.Statement): readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] {
  const clause = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : ts.isExportDeclaration(statement)
      ? statement.exportClause
      : undefined;
  return clause !== undefined && (ts.isNamedImports(clause) || ts.isNamedExports(clause))
    ? clause.elements
    : [];
}

/** The file that a statement imports or exports from; undefined for a package, and where it names no module. */
export function moduleOf(statement: ts.Statement, from: ts.SourceFile): ts.SourceFile | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) {
    return undefined;
  }
  const { moduleSpecifier } = statement;
  return moduleSpecifier !== undefined &&
    ts.isStringLiteral(moduleSpecifier) &&
    moduleSpecifier.text.startsWith(".")
    ? sourceFile(`${path.resolve(path.dirname(from.fileName), moduleSpecifier.text)}.ts`)
    : undefined;
}

/** The text of a doc comment in paragraphs, each of them one line; "" where there is none. */
export function commentOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)?.comment;
  return (ts.getTextOfJSDocComment(comment) ?? "")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim())
    .join("\n\n");
}
