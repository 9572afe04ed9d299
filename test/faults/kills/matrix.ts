import { type Chain, type Moment, nameOf, scriptKinds, situations, successors, victims } from "./chain";

/** How many requests, and file operations of the ledger, an update makes that is not killed. */
export interface StepCounts {
  requests: number;
  files: number;
}

/** What decides how many steps an update has. */
export type Setting = Pick<Chain, "transport" | "store" | "situation" | "scripts">;

/** The settings of the handlers' matrix. How long scripts take matters to no store, so the blob's has short ones. */
export const handlerSettings: Setting[] = situations.flatMap((situation) => [
  ...scriptKinds.flatMap((scripts) => [
    { transport: "azure" as const, store: "file" as const, situation, scripts },
    { transport: "ssh" as const, store: "file" as const, situation, scripts },
  ]),
  { transport: "azure", store: "blob", situation, scripts: "0s" },
]);

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Every chain of a setting whose update has so many steps. */
export const chainsOf = (setting: Setting, counts: StepCounts): Chain[] =>
  momentsOf(setting, counts).flatMap((moment) =>
    victims.flatMap((victim) => successors.map((next) => ({ ...setting, victim, moment, next }))),
  );

function momentsOf({ scripts }: Setting, { requests, files }: StepCounts): Moment[] {
  // The ledger's files are written between two scripts, so how long those take is one to them.
  const operations = scripts === "0s" ? files : 0;
  return [
    ...upTo(requests).flatMap((step): Moment[] => [`request-${step}`, `answer-${step}`]),
    ...upTo(operations).map((step): Moment => `file-${step}`),
    "state",
  ];
}

/**
 * The chain that the handlers cannot tell from this one: they see nothing of the engine's locks, nor whether a refresh has a
 * process of its own, and of an engine that dies beside its provider nothing more than of the provider's death. Where nothing
 * is killed but the engine, an answer is on its way to a provider that lives, and no file operation is left undone.
 */
function equivalentOf(chain: Chain): Chain {
  const { victim, moment, next } = chain;
  const onlyEngine = victim === "engine" && moment !== "state" && !moment.startsWith("file-");
  return {
    ...chain,
    victim: onlyEngine ? "engine" : "provider",
    moment: onlyEngine ? (moment.replace("answer", "request") as Moment) : moment,
    next: next === "cancel-up" ? "up" : next === "up--refresh" ? "refresh-up" : next,
  };
}

/** The chains that differ to the handlers. */
export function distinct(chains: readonly Chain[]): Chain[] {
  return [...new Map(chains.map(equivalentOf).map((chain) => [nameOf(chain), chain])).values()];
}

/** A part of a matrix: shard `index` of `of`, from 1 on. */
export interface Shard {
  index: number;
  of: number;
}

export const shardOf = <Item>(items: readonly Item[], { index, of }: Shard): Item[] =>
  items.filter((_, position) => position % of === index - 1);

/** The items in an order that the seed alone decides. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const left = [...items];
  let state = seed >>> 0;
  // Mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return items.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}

/** So many of the items, chosen by the seed alone. */
export const sample = <Item>(items: readonly Item[], count: number, seed: number): Item[] =>
  shuffled(items, seed).slice(0, count);
