/** A random UUID (version 4) from a source of random numbers, in lower case. */
export function randomUuid(random: () => number): string {
  const digit = (of: number) => Math.floor(random() * of).toString(16);
  const variant = ["8", "9", "a", "b"];
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) =>
    place === "x" ? digit(16) : variant[Math.floor(random() * 4)],
  );
}
