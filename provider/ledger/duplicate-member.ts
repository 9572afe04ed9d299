/** Strings, and the characters that build objects and lists. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** A name that an object of a valid JSON text has twice: of the two values a parser would silently keep the second. */
export function duplicateMember(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let before = "";
  for (const [found] of text.matchAll(token)) {
    if (found === "{" || found === "[") {
      open.push(found === "{" ? new Set() : undefined);
    } else if (found === "}" || found === "]") {
      open.pop();
    } else if (found === ":") {
      const names = open.at(-1);
      const name = JSON.parse(before) as string;
      if (names?.has(name) === true) {
        return name;
      }
      names?.add(name);
    }
    before = found;
  }
  return undefined;
}
