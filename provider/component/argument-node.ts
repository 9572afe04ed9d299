/** An object with named members. */
export interface ObjectNode {
  kind: "object";
  members: Readonly<Record<string, ArgumentNode>>;
  known?: true;
}

/** What a component knows of an argument at run time; generated from the interfaces of arguments. */
export type ArgumentNode =
  | ObjectNode
  | { kind: "list"; items: ArgumentNode; known?: true }
  | { kind: "map"; values: ArgumentNode; known?: true }
  /** A resource of this type, the last part of its token. */
  | { kind: "resource"; type: string; known?: true }
  /** A text, a number or a boolean: `secret` where it is kept secret whether or not it is given as a secret. */
  | { kind: "value"; secret?: true; known?: true };

/**
 * Paths of the members that must be known at preview, relative to the argument: "" for the argument itself. Whoever leaves
 * an argument open leaves them all open.
 */
export function decidingMembers(node: ArgumentNode): string[] {
  const own = node.known ? [""] : [];
  if (node.kind !== "object") {
    const inner = node.kind === "list" ? node.items : node.kind === "map" ? node.values : undefined;
    return inner === undefined ? own : [...own, ...decidingMembers(inner)];
  }
  const members = Object.entries(node.members).flatMap(([name, member]) =>
    decidingMembers(member).map((path) => (path === "" ? name : `${name}.${path}`)),
  );
  return [...own, ...members];
}
