import ts from "typescript";

/** Types around those that users read: of Pulumi, which every value may have, and of a constant that may be a plain string. */
const wrappers = new Set(["pulumi.Input", "pulumi.Output", "OneOf"]);

/**
 * A type as Markdown. Public names are links, `pulumi.Input` is left out.
 * @param {ts.TypeNode | undefined} type
 * @param {(name: string) => string | undefined} publicName the name that users know a declaration by
 */
export function typeText(type, publicName) {
  const words = plainText(type, publicName);
  const [, element, list = ""] = /^(.*?)((?:\[\])*)$/.exec(words);
  const link = element === publicName(element) ? `[${element}](#${element.toLowerCase()})` : undefined;
  return link === undefined ? `\`${words}\`` : `${link}${list.replaceAll("[]", "\\[]")}`;
}

/** A type as one writes it, with the names that users know. */
export function plainText(type, publicName) {
  if (type === undefined) {
    return "unknown";
  }
  if (ts.isTypeReferenceNode(type)) {
    return referenceText(type, publicName);
  }
  if (ts.isArrayTypeNode(type)) {
    const element = plainText(type.elementType, publicName);
    return `${/^[\w.]+(\[\])*$/.test(element) ? element : `(${element})`}[]`;
  }
  return type.getText().replace(/\s+/g, " ");
}

function referenceText({ typeName, typeArguments = [] }, publicName) {
  const name = typeName.getText();
  const given = typeArguments.map((argument) => plainText(argument, publicName));
  if (wrappers.has(name)) {
    return given[0];
  }
  const shown = publicName(name) ?? name;
  return given.length === 0 ? shown : `${shown}<${given.join(", ")}>`;
}
