/** One measured number with its context. */
export interface Figure {
  /** What was measured, `bench/what`. */
  name: string;
  value: number;
  /** `ms`, `MB`, or a description of a ratio or an exponent. */
  unit: string;
  [context: string]: string | number | readonly number[];
}

/** The line of output for a figure; numbers have four significant digits. */
export function figureLine(figure: Figure): string {
  return JSON.stringify(figure, (_, value: unknown) => (typeof value === "number" ? rounded(value) : value));
}

/** Prints a figure. */
export function report(figure: Figure): void {
  process.stdout.write(`${figureLine(figure)}\n`);
}

const rounded = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));
