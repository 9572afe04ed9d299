/** Tells the person at the terminal something; standard output stays free for a script's result. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Time since `startedAt` (milliseconds), for people: `4.2 s`, `3 min 05 s`. */
export function elapsed(startedAt, now = Date.now()) {
  const seconds = (now - startedAt) / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** Runs a long piece of work and says every half minute that it still goes on. */
export async function sayingProgress(what, work, everyMilliseconds = 30_000) {
  const startedAt = Date.now();
  const timer = setInterval(() => say(`  … still ${what} (${elapsed(startedAt)})`), everyMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
