import { nameOf, runChain } from "./kills/chain";
import { allChains, sample } from "./kills/matrix";

/** Chains of a run; `npm run test:kills` has all of them. */
const chains = 6;
const seed = Number(process.env.KMS_KILLS_SEED ?? Date.now() % 1_000_000);

/** Requests of an update that is not killed, or fewer. */
const steps = { "first activation": 10, "activation after drift": 10, "another key": 10, offline: 10 };

describe(`kills of an activation on the real engine (KMS_KILLS_SEED=${seed})`, function () {
  this.timeout(240_000);

  for (const chain of sample(allChains(steps), chains, seed)) {
    it(`loses no activation and spends none twice: ${nameOf(chain)}`, async () => {
      await runChain(chain);
    });
  }
});
