import assert from "node:assert/strict";
import { allChains, sample } from "./matrix";
import { type Chain, nameOf, runChain, situations } from "./chain";

/** `KMS_KILLS_COUNT` chains, chosen by `KMS_KILLS_SEED`; without a count, every one. */
const { KMS_KILLS_COUNT: count, KMS_KILLS_SEED: seed = String(Date.now() % 1_000_000) } = process.env;

describe("every kill of an activation, and what follows it", function () {
  this.timeout(0);

  it("loses no activation and spends none twice", async () => {
    const steps: Record<string, number> = {};
    for (const situation of situations) {
      const chain: Chain = {
        victim: "both",
        moment: { step: Infinity, lost: "lose-request" },
        next: "up",
        situation,
        scriptMilliseconds: 0,
      };
      steps[situation] = (await runChain(chain)).steps.length;
    }
    const all = allChains(steps);
    const chains = count === undefined ? all : sample(all, Number(count), Number(seed));
    console.log(`${chains.length} of ${all.length} chains, seed ${seed}; steps: ${JSON.stringify(steps)}`);
    const failures: string[] = [];
    for (const [index, chain] of chains.entries()) {
      const outcome = await runChain(chain).then(
        ({ killed }) => (killed ? "" : "ended before the kill"),
        (error: Error) => `FAILED ${error.message}`,
      );
      console.log(`${index + 1} ${nameOf(chain)}: ${outcome || "agrees"}`);
      if (outcome.startsWith("FAILED")) {
        failures.push(`${nameOf(chain)}: ${outcome}`);
      }
    }
    assert.deepEqual(failures, []);
  });
});
