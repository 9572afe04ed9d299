import type { Clock } from "../../provider/engine/clock";

/** A clock that only a test moves. */
export interface FakeClock extends Clock {
  /** Moves on by these milliseconds and wakes whoever sleeps until then, in order. */
  advance(milliseconds: number): Promise<void>;
}

/** Turns of the event loop that whoever is awake may take before time goes on. */
const turns = 25;

/** Lets everything run that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A clock that stands at the start of 2026. */
export function fakeClock(): FakeClock {
  let now = Date.parse("2026-01-01T00:00:00Z");
  let sleepers: { wakesAt: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((wake) => {
        sleepers.push({ wakesAt: now + milliseconds, wake });
        signal?.addEventListener("abort", () => wake());
      }),
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settled();
      for (;;) {
        const [next] = sleepers
          .filter(({ wakesAt }) => wakesAt <= end)
          .sort((left, right) => left.wakesAt - right.wakesAt);
        if (next === undefined) {
          break;
        }
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        now = next.wakesAt;
        next.wake();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}
