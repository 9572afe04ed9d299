/** Works off a queue that may grow meanwhile, so many items at a time; ends when it is empty and nothing is under way. */
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
