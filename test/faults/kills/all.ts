import { handlerChains, startHandlerLanes } from "./handler-lanes";
import { distinct } from "./matrix";
import { runChains, selectionOf } from "./selection";

const sideBySide = Number(process.env.KMS_KILLS_JOBS ?? 6);

describe("every kill of an activation, and what follows it, on the handlers", function () {
  this.timeout(0);

  it("loses no activation and spends none twice", async () => {
    const lanes = await startHandlerLanes(sideBySide);
    try {
      const all = await handlerChains(lanes);
      const chains = distinct(all);
      console.log(`${all.length} chains, of which ${chains.length} differ to the handlers`);
      const run = lanes.run.map(
        (runChain) => async (chain: (typeof all)[number]) => (await runChain(chain)).killed,
      );
      await runChains("handlers", chains, selectionOf(process.env), run);
    } finally {
      await lanes.close();
    }
  });
});
