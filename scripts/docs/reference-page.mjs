import ts from "typescript";
import { inRepository } from "../shared/repository.mjs";
import { page } from "./markdown.mjs";
import { publicDeclarations } from "./reference/declarations.mjs";
import { section } from "./reference/section.mjs";

const introduction = `# Reference

Every public name of \`pulumi-windows-kms\`, from the doc comments in the sources. Arguments take plain values and Outputs alike.
An argument that is neither required nor has a default belongs to a choice, which its description names.`;

const kinds = [
  { title: "Resources", has: ({ node }) => ts.isClassDeclaration(node) && isResource(node) },
  { title: "Arguments", has: ({ name }) => name.endsWith("Args") },
  { title: "Values", has: ({ node }) => ts.isVariableDeclaration(node) },
  { title: "Outputs", has: ({ name }) => /^KMSClient(Member|Status)$/.test(name) },
  { title: "Validation without Pulumi, and errors", has: () => true },
];

const isResource = ({ heritageClauses = [] }) =>
  heritageClauses.some((clause) => clause.getText().includes("Resource"));

/** The reference of the public names of a package, by the file that exports them. */
export async function referencePage(entry = inRepository("provider/index.ts")) {
  const declarations = publicDeclarations(entry);
  const names = new Map(
    declarations.flatMap(({ name, node }) => [
      [node.name.text, name],
      [name, name],
    ]),
  );
  const publicName = (name) => names.get(name);
  const groups = kinds.map(({ title }, place) => ({
    title,
    members: declarations.filter((one) => kinds.findIndex(({ has }) => has(one)) === place),
  }));
  return page([
    introduction,
    ...groups.map(({ title, members }) => `**${title}:** ${members.map(item).join(", ")}`),
    ...groups.flatMap(({ members }) => members.map((declaration) => section(declaration, publicName))),
  ]);
}

const item = ({ name }) => `[${name}](#${name.toLowerCase()})`;
