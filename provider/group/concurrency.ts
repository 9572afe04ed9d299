/**
 * Works off a queue that may grow meanwhile, up to `atATime` items of each lane at once. Resolves when the queue is empty and
 * nothing is under way; rejects with the first failure.
 * @param laneOf items of one lane share a window; @default all are in the same
 */
export function workThrough<T>(
  queue: T[],
  atATime: number,
  work: (item: T) => Promise<void>,
  laneOf: (item: T) => string = () => "",
): Promise<void> {
  return new Promise((resolve, reject) => {
    const active = new Map<string, number>();
    const countOf = (lane: string) => active.get(lane) ?? 0;
    const change = (lane: string, by: number) => {
      const count = countOf(lane) + by;
      if (count === 0) {
        active.delete(lane);
      } else {
        active.set(lane, count);
      }
    };
    const takeNext = () => {
      const index = queue.findIndex((item) => countOf(laneOf(item)) < atATime);
      return index === -1 ? [] : queue.splice(index, 1);
    };
    const startNext = () => {
      for (let [item] = takeNext(); item !== undefined; [item] = takeNext()) {
        const lane = laneOf(item);
        change(lane, 1);
        work(item).then(() => {
          change(lane, -1);
          startNext();
        }, reject);
      }
      if (active.size === 0) {
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
