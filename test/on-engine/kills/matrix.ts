import { type Chain, type Moment, situations, successors, victims } from "./chain";

/** What scripts take in the whole matrix: nothing, or longer than it takes to run the next command. */
export const scriptTimes = [0, 3000];

/** Every chain whose update has so many steps, by situation. */
export function allChains(stepsOf: Record<string, number>): Chain[] {
  return situations.flatMap((situation) =>
    momentsOf(stepsOf[situation]).flatMap((moment) =>
      victims.flatMap((victim) =>
        successors.flatMap((next) =>
          scriptTimes.map((scriptMilliseconds) => ({ victim, moment, next, situation, scriptMilliseconds })),
        ),
      ),
    ),
  );
}

const momentsOf = (steps: number): Moment[] => [
  ...Array.from({ length: steps }, (_, index) => index + 1).flatMap((step): Moment[] => [
    { step, lost: "lose-request" },
    { step, lost: "lose-answer" },
  ]),
  { outcome: "reserved" },
  { outcome: "committed" },
];

/** So many of the items, chosen by the seed alone. */
export function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const left = [...items];
  let state = seed >>> 0;
  // Mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
