import * as pulumi from "@pulumi/pulumi";

/** Arguments with their outputs resolved as far as the engine knows them now. */
export interface KnownPart {
  /** A copy with plain values; a value that is not known yet is left out. */
  values: Record<string, unknown>;
  /** Paths of the values that are not known yet, for example `vm.subnetId`. */
  unknownPaths: Set<string>;
}

/** What pulumi.Output has at run time beside its declared members: the value with marks for what is not known. */
interface PartlyKnown {
  promise(withUnknowns: boolean): Promise<unknown>;
}

/** Resolves arguments as far as they are known; resources among them stay as they are. */
export async function knownPart(args: object): Promise<KnownPart> {
  const marked = await (pulumi.output(args) as unknown as PartlyKnown).promise(true);
  const unknownPaths = new Set<string>();
  return { values: prune(marked, "", unknownPaths) as Record<string, unknown>, unknownPaths };
}

function prune(value: unknown, path: string, unknownPaths: Set<string>): unknown {
  if (pulumi.isUnknown(value)) {
    unknownPaths.add(path);
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => prune(item, `${path}[${index}]`, unknownPaths));
  }
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) {
    return value;
  }
  const members = Object.entries(value)
    .map(([key, member]) => [key, prune(member, path === "" ? key : `${path}.${key}`, unknownPaths)] as const)
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members);
}
