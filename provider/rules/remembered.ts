import type { ProgramIndex } from "./program-index";

/**
 * The same function of a part of the program, worked out once for each state of the program: many resources may ask
 * about one part, and the rules must take linear time.
 */
export function remembered<Part, Result>(
  workOut: (part: Part, index: ProgramIndex) => Result,
): (part: Part, index: ProgramIndex) => Result {
  const known = new WeakMap<ProgramIndex, { revision: number; results: Map<Part, Result> }>();
  return (part, index) => {
    const { revision } = index;
    const last = known.get(index);
    const results = last?.revision === revision ? last.results : new Map<Part, Result>();
    known.set(index, { revision, results });
    if (!results.has(part)) {
      results.set(part, workOut(part, index));
    }
    return results.get(part) as Result;
  };
}
