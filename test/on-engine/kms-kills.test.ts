import { runChains, selectionOf } from "../faults/kills/selection";
import { type KillStack, startKillStack } from "./kills/chain";
import { engineChains } from "./kills/matrix";

/** Chains of a run; `npm run test:kills` has all of them. */
const selection = { ...selectionOf(process.env), count: 2 };

describe(`kills of an activation on the real engine (KMS_KILLS_SEED=${selection.seed})`, function () {
  this.timeout(240_000);
  let stack: KillStack;
  before(async () => {
    stack = await startKillStack();
  });
  after(() => stack.close());

  it("lose no activation and spend none twice", () =>
    runChains("engine", engineChains, selection, [async (chain) => (await stack.run(chain)).killed]));
});
