/*
 * What a sample says of the whole: the one-sided bound of Clopper and Pearson for a share, at a confidence of 95 percent.
 */

const doubt = 0.05;

/** Probability of at most `found` among `visited` where each has this share. */
function atMost(found: number, visited: number, share: number): number {
  let term = visited * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let k = 1; k <= found; k += 1) {
    term += Math.log((visited - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(term);
  }
  return sum;
}

const steps = 60;

/** The largest share that a sample with so many hits leaves possible. */
export function largestShare(found: number, visited: number): number {
  if (found >= visited) {
    return 1;
  }
  let low = 0;
  let high = 1;
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(found, visited, middle) > doubt) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/** `0 of 200 drifted; with a confidence of 95 %, fewer than 60 of 4000 have` */
export function estimate(found: number, visited: number, all: number): string {
  const most = Math.min(all, Math.ceil(largestShare(found, visited) * all));
  return `${found} of ${visited} visited drifted; with a confidence of 95 %, fewer than ${most} of ${all} have`;
}
