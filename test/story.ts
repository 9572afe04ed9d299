/** A sequence of steps, each of which needs what the ones before it did; tests ask for the steps that they are about. */
export interface Story {
  /**
   * Adds a step. The function returned plays the story up to this step and resolves to its result. Each step is played
   * once, when a test first asks for it or for a later one, so that each test stands alone and none repeats the work of
   * another. What a later step changes on the machines has to be observed in the step itself.
   */
  step<Result>(name: string, play: () => Promise<Result>): () => Promise<Result>;
}

/** A story of which nothing is played yet. */
export function story(): Story {
  let soFar = (): Promise<unknown> => Promise.resolve();
  return {
    step<Result>(name: string, play: () => Promise<Result>) {
      const earlier = soFar;
      let played: Promise<Result> | undefined;
      const step = () => (played ??= earlier().then(() => named(name, play)));
      soFar = step;
      return step;
    },
  };
}

/** Fails with the step's name: the test that asked may be about another one. */
async function named<Result>(name: string, play: () => Promise<Result>): Promise<Result> {
  try {
    return await play();
  } catch (error) {
    throw new Error(`in the step "${name}": ${(error as Error).message}`, { cause: error });
  }
}
