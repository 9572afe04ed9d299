/**
 * Works off a queue that may grow meanwhile, up to `atATime` items at once. Resolves when the queue is empty and nothing is
 * under way; rejects with the first failure.
 */
export function workThrough<T>(queue: T[], atATime: number, work: (item: T) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let active = 0;
    const startNext = () => {
      while (active < atATime && queue.length > 0) {
        active += 1;
        work(queue.shift()!).then(() => {
          active -= 1;
          startNext();
        }, reject);
      }
      if (active === 0) {
        resolve();
      }
    };
    startNext();
  });
}

/** Runs `work` for each item, up to `atATime` at once, and returns the results in the order of the items. */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  await workThrough([...items.entries()], atATime, async ([index, item]) => {
    results[index] = await work(item);
  });
  return results;
}
