/*
 * Paths of arguments as a program writes them: `machines.azureVmIds[3]`, `tags["cost-centre"]`.
 */

/** The path of a member. */
export function memberPath(path: string, member: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(member)) {
    return `${path}[${JSON.stringify(member)}]`;
  }
  return path === "" ? member : `${path}.${member}`;
}

/** The path of an item of a list. */
export const itemPath = (path: string, index: number): string => `${path}[${index}]`;

/** Whether a set holds a path, or the path of something around it. */
export function holdsPath(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.size === 0) {
    return false;
  }
  for (
    let end = path.length;
    end > 0;
    end = Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1))
  ) {
    if (paths.has(path.slice(0, end))) {
      return true;
    }
  }
  return paths.has("");
}

/** The value at a path without quoted members. */
export const valueAt = (value: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
