import { createHash } from "node:crypto";
import type { Properties, ResourceType } from "./resource-types";

/** What the engine says about names: its own proposal, when autonaming is configured, and a seed. */
export interface NameRequest {
  urn: string;
  /** Same seed, same name: a preview shows the name that the update gives. */
  randomSeed: Uint8Array;
  autonaming?: { mode: "propose" | "enforce" | "disable"; proposedName: string };
}

/** An input that the real plugin keeps beside the others: whether a replacement can be created first. */
export const createBeforeDelete = "__createBeforeDelete";

/** Inputs that name the resource when the program does not; the old name stays. */
export function defaultName(
  type: ResourceType,
  request: NameRequest,
  olds: Properties,
  news: Properties,
): Properties {
  const { property, kind } = type.autoName;
  if (news[property] !== undefined) {
    return {};
  }
  if (olds[property] !== undefined) {
    return {
      [property]: olds[property],
      ...(olds[createBeforeDelete] === true && { [createBeforeDelete]: true }),
    };
  }
  switch (request.autonaming?.mode) {
    case "disable":
      return {};
    case "enforce":
    case "propose":
      return { [property]: request.autonaming.proposedName, [createBeforeDelete]: true };
    default: {
      const name = request.urn.split("::").at(-1)!;
      return kind === "copy"
        ? { [property]: name }
        : { [property]: `${name}${suffix(request)}`, [createBeforeDelete]: true };
    }
  }
}

function suffix({ urn, randomSeed }: NameRequest): string {
  return createHash("sha256").update(randomSeed).update(urn).digest("hex").slice(0, 8);
}
