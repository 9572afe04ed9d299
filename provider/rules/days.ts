/*
 * Days as the package writes them: ISO 8601 dates in UTC, which compare as texts.
 */

export const minutesPerDay = 24 * 60;

export const millisecondsPerDay = minutesPerDay * 60_000;

/** The day of a moment. */
export const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The day that comes a number of days after another. */
export const dayAfter = (day: string, days: number): string =>
  dayOf(Date.parse(day) + days * millisecondsPerDay);
