import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { inRepository } from "../../scripts/shared/repository.mjs";
import { placeOf } from "./pages.mjs";

const require = createRequire(import.meta.url);
const { publicDeclarations } = require("../../docs/generate/public-declarations.ts");

const prelude = inRepository("test/docs/fragment-prelude.ts");

/** Compiles blocks of TypeScript as one program, in memory; gives what the compiler says, by page and line. */
export function compileBlocks(blocks) {
  const sources = new Map(blocks.map((block) => [fileOf(block), sourceOf(block)]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.readFile = (name) => sources.get(name)?.text ?? readFile.call(host, name);
  host.getSourceFile = (name, languageVersion, ...rest) =>
    sources.has(name)
      ? ts.createSourceFile(name, sources.get(name).text, languageVersion)
      : getSourceFile.call(host, name, languageVersion, ...rest);
  // Folders of blocks do not exist, and resolution does not look into folders that do not.
  host.directoryExists = undefined;
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources].flatMap(([name, source]) =>
    diagnosticsOf(program, program.getSourceFile(name)).map((diagnostic) => said(diagnostic, source)),
  );
}

const diagnosticsOf = (program, file) => [
  ...program.getSyntacticDiagnostics(file),
  ...program.getSemanticDiagnostics(file),
];

function compilerOptions() {
  const { config } = ts.readConfigFile(inRepository("test/tsconfig.json"), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    inRepository("test"),
  );
  return parsed.options;
}

/** Blocks of one page are neighbours, so that one can import another by its file name. */
const fileOf = ({ page, line, file }) =>
  inRepository("test/docs/blocks", page.replaceAll(path.sep, "-"), file ?? `line-${line}.ts`);

const importStatement = /^import [^;]*;$/gm;

/** What is compiled, and the number of lines that it has before the block. */
function sourceOf(block) {
  if (block.file !== undefined) {
    return { block, text: block.text, before: 0 };
  }
  const imports = block.text.match(importStatement)?.join(" ").replaceAll("\n", " ") ?? "";
  const imported = new Set(imports.match(/\w+/g));
  const names = preludeNames().filter((name) => !imported.has(name));
  const body = block.text
    .replace(importStatement, (statement) => statement.replace(/[^\n]/g, ""))
    .replace(/^export (?=const |function )/gm, "");
  const begin = `import { ${names.join(", ")} } from "../../fragment-prelude"; ${imports}`;
  return { block, text: `${begin}\nexport async function part() {\n${body}\n}\n`, before: 2 };
}

let knownNames;

/** Names of the prelude, with those of the package that it hands on. */
function preludeNames() {
  knownNames ??= [
    ...publicDeclarations(inRepository("provider/index.ts")).map(({ name }) => name),
    ...ownNames(ts.createSourceFile(prelude, ts.sys.readFile(prelude), ts.ScriptTarget.Latest)),
  ];
  return knownNames;
}

const ownNames = ({ statements }) =>
  statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.text);
    }
    return ts.isExportDeclaration(statement) && statement.exportClause
      ? [statement.exportClause.name.text]
      : [];
  });

function said({ file, start, messageText, code }, { block, before }) {
  const line = file.getLineAndCharacterOfPosition(start).line - before + 1;
  const message = ts.flattenDiagnosticMessageText(messageText, " ");
  return `${placeOf({ ...block, line: block.line + line })} TS${code} ${message}`;
}
