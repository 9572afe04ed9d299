import ts from "typescript";
import { inRepository } from "../../scripts/shared/repository.mjs";

/**
 * The arguments that a program gives in object literals, each as the interface that declares it and its name. What the
 * literal is for, the compiler knows.
 */
export function givenArguments(files) {
  const program = ts.createProgram(files, compilerOptions());
  const checker = program.getTypeChecker();
  const given = new Set();
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      const wanted = type && checker.getNonNullableType(type);
      const declared = node.properties.map(({ name }) => name && wanted?.getProperty(name.text));
      declared
        .flatMap((property) => property?.declarations ?? [])
        .filter(({ parent }) => ts.isInterfaceDeclaration(parent))
        .forEach(({ parent, name }) => given.add(`${parent.name.text}.${name.text}`));
    }
    ts.forEachChild(node, visit);
  };
  files.forEach((file) => visit(program.getSourceFile(file)));
  return given;
}

/** Those of the tests, without the types of azure-native, which take many seconds and are not asked for. */
function compilerOptions() {
  const { config } = ts.readConfigFile(inRepository("test/tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    inRepository("test"),
  );
  return { ...options, paths: { ...options.paths, "@pulumi/azure-native/*": [] } };
}
