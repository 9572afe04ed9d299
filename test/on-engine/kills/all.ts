import { runChains, selectionOf } from "../../faults/kills/selection";
import { startKillStack } from "./chain";
import { engineChains } from "./matrix";

describe("every kill of an activation, and what follows it, on the real engine", function () {
  this.timeout(0);

  it("loses no activation and spends none twice", async () => {
    const stack = await startKillStack();
    try {
      await runChains("engine", engineChains, selectionOf(process.env), [
        async (chain) => (await stack.run(chain)).killed,
      ]);
    } finally {
      await stack.close();
    }
  });
});
