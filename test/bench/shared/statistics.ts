/** The middle value, or the mean of the two middle values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A measured time for a size of the problem. */
export interface Sample {
  size: number;
  milliseconds: number;
}

/**
 * The k of time = c * size^k that fits the samples best, by least squares of the logarithms. Linear growth has 1, quadratic
 * growth 2.
 */
export function growthExponent(samples: readonly Sample[]): number {
  const points = samples.map(({ size, milliseconds }) => [Math.log(size), Math.log(milliseconds)]);
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return covariance / variance;
}

/** Ratio of the time for one unit at the largest size to that at the smallest. Linear growth has 1. */
export function perUnitRatio(samples: readonly Sample[]): number {
  const sorted = [...samples].sort((a, b) => a.size - b.size);
  const perUnit = ({ size, milliseconds }: Sample) => milliseconds / size;
  return perUnit(sorted[sorted.length - 1]) / perUnit(sorted[0]);
}
