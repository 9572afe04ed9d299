import ts from "typescript";
import type { Declaration } from "../../scripts/arguments/declarations";
import { inRepository } from "../../scripts/shared/repository.mjs";
import { ownMembers } from "./declared-members";
import { page } from "./markdown";
import { publicDeclarations, type PublicName, publicNames } from "./public-declarations";
import { section } from "./reference-section";

const introduction = `# Reference

Every public name of \`pulumi-windows-kms\`, from the doc comments in the sources. Arguments take plain values and Outputs alike.
An argument that is neither required nor has a default belongs to a choice, which its description or that of its section names.`;

/** Groups of names; each name is in the first that it belongs to. */
const groups: { title: string; has: (declaration: Declaration, outputTypes: Set<string>) => boolean }[] = [
  { title: "Resources", has: ({ node }) => isResource(node) },
  { title: "Arguments", has: ({ name }) => /Args$|^OneOf$/.test(name) },
  { title: "Constants", has: ({ node }) => ts.isVariableDeclaration(node) },
  { title: "Outputs", has: ({ name }, outputTypes) => outputTypes.has(name) },
  { title: "Validation without Pulumi, and errors", has: () => true },
];

const isResource = (node: ts.Node): boolean =>
  ts.isClassDeclaration(node) &&
  (node.heritageClauses ?? []).some((clause) => clause.getText().includes("Resource"));

/** The reference of the public names of a package, by the file that exports them. */
export async function referencePage(entry = inRepository("provider/index.ts")): Promise<string> {
  const declarations = publicDeclarations(entry);
  const publicName = publicNames(declarations);
  const outputTypes = typesOfOutputs(declarations, publicName);
  const grouped = groups.map(({ title }, place) => ({
    title,
    members: declarations.filter((one) => groups.findIndex(({ has }) => has(one, outputTypes)) === place),
  }));
  return page([
    introduction,
    ...grouped.map(({ title, members }) => `**${title}:** ${members.map(item).join(", ")}`),
    ...grouped.flatMap(({ members }) => members.map((declaration) => section(declaration, publicName))),
  ]);
}

/** Public names in the types of what resources put out. */
const typesOfOutputs = (declarations: Declaration[], publicName: PublicName): Set<string> =>
  new Set(
    declarations
      .filter(({ node }) => isResource(node))
      .flatMap(({ node }) => ownMembers(node))
      .flatMap(({ type }) => type?.getText().match(/\w+/g) ?? [])
      .flatMap((name) => publicName(name) ?? []),
  );

const item = ({ name }: Declaration) => `[${name}](#${name.toLowerCase()})`;
