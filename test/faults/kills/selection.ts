import assert from "node:assert/strict";
import { chainOf, type Chain, nameOf } from "./chain";
import { type Shard, shardOf, shuffled } from "./matrix";

/** Which chains of a matrix are run, as `npm run test:kills` says in the environment. */
export interface Selection {
  /** Names of single chains; the others count then no more. */
  chains: string[];
  /** Chains whose name does not match are left out. */
  match: RegExp;
  shard: Shard;
  /** No chain begins after this time. */
  seconds: number;
  /** No more than these. */
  count: number;
  /** Decides the order. */
  seed: number;
}

/** The selection of the environment's variables `KMS_KILLS_…`. */
export function selectionOf(env: NodeJS.ProcessEnv): Selection {
  const [index, of] = (env.KMS_KILLS_SHARD ?? "1/1").split("/").map(Number);
  return {
    chains: (env.KMS_KILLS_CHAIN ?? "").split(",").filter((name) => name !== ""),
    match: new RegExp(env.KMS_KILLS_MATCH ?? ""),
    shard: { index, of },
    seconds: Number(env.KMS_KILLS_SECONDS ?? Infinity),
    count: Number(env.KMS_KILLS_COUNT ?? Infinity),
    seed: Number(env.KMS_KILLS_SEED ?? Date.now() % 1_000_000),
  };
}

/** The chains of a selection, in its order. */
export function select(all: readonly Chain[], { chains, match, shard, count, seed }: Selection): Chain[] {
  if (chains.length > 0) {
    return chains.map(chainOf);
  }
  const matching = all.filter((chain) => match.test(nameOf(chain)));
  return shuffled(shardOf(matching, shard), seed).slice(0, count);
}

/** Says how one command repeats a chain. */
export const repeating = (level: "handlers" | "engine", chain: Chain) =>
  `npm run test:kills -- --level ${level} --chain ${nameOf(chain)}`;

/**
 * Runs the chains of a selection, some side by side, and prints a line for each that fails and how it is repeated.
 * @param run gives whether the kill came in time
 */
export async function runChains(
  level: "handlers" | "engine",
  all: readonly Chain[],
  selection: Selection,
  lanes: ((chain: Chain) => Promise<boolean>)[],
): Promise<void> {
  const chosen = select(all, selection);
  const waiting = [...chosen];
  const failures: string[] = [];
  const until = performance.now() + selection.seconds * 1000;
  let run = 0;
  let early = 0;
  const takeTurns = async (runChain: (chain: Chain) => Promise<boolean>) => {
    for (
      let chain = waiting.shift();
      chain !== undefined && performance.now() < until;
      chain = waiting.shift()
    ) {
      try {
        early += (await runChain(chain)) ? 0 : 1;
      } catch (error) {
        const failure = `${nameOf(chain)}: ${(error as Error).message}\n  ${repeating(level, chain)}`;
        failures.push(failure);
        console.log(`FAILED ${failure}`);
      }
      run += 1;
      if (run % progressChains === 0) {
        console.log(`${run} of ${chosen.length} chains, ${failures.length} failed`);
      }
    }
  };
  await Promise.all(lanes.map(takeTurns));
  console.log(
    `${level}: ${run} of ${chosen.length} chains run, ${failures.length} failed, ${early} ended before the kill (seed ${selection.seed})`,
  );
  assert.deepEqual(failures, []);
}

const progressChains = 100;
