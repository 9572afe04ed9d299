import { startAzurite } from "../../lab-run/servers/azurite";
import type { Chain } from "./chain";
import { type ChainOutcome, type Lane, runHandlerChain, wholeUpdate } from "./handler-chain";
import { startHandlerPool } from "./handler-pool";
import { chainsOf, handlerSettings, type Setting } from "./matrix";

/** What runs chains on the handlers, some side by side. */
export interface HandlerLanes {
  run: ((chain: Chain) => Promise<ChainOutcome>)[];
  close(): Promise<void>;
}

/** @param number of chains that are run side by side */
export async function startHandlerLanes(number: number): Promise<HandlerLanes> {
  const [pool, azurite] = await Promise.all([startHandlerPool(number), startAzurite()]);
  const lanes = Array.from({ length: number }, (): Lane => ({ pool, steady: pool.take(), azurite }));
  return {
    run: lanes.map((lane) => (chain) => runHandlerChain(chain, lane)),
    close: async () => {
      await Promise.all([pool.close(), azurite.stop()]);
    },
  };
}

/** Every chain of these settings; an update that is not killed tells how many steps each has. */
export async function handlerChains(
  { run }: HandlerLanes,
  settings: readonly Setting[] = handlerSettings,
): Promise<Chain[]> {
  const waiting = [...settings];
  const found = new Map<Setting, Chain[]>();
  const takeTurns = async (runChain: (typeof run)[number]) => {
    for (let setting = waiting.shift(); setting !== undefined; setting = waiting.shift()) {
      found.set(setting, chainsOf(setting, await runChain(wholeUpdate(setting))));
    }
  };
  await Promise.all(run.map(takeTurns));
  return settings.flatMap((setting) => found.get(setting)!);
}
