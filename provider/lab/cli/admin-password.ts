import { randomInt } from "node:crypto";

const alphabets = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-_.+"];
const length = 24;

/** A random password that Azure takes for an administrator: every kind of character, 24 in all. */
export function adminPassword(pick: (below: number) => number = randomInt): string {
  const characters = Array.from({ length }, (_, index) => {
    const alphabet = index < alphabets.length ? alphabets[index] : alphabets.join("");
    return alphabet[pick(alphabet.length)];
  });
  for (let last = characters.length - 1; last > 0; last--) {
    const other = pick(last + 1);
    [characters[last], characters[other]] = [characters[other], characters[last]];
  }
  return characters.join("");
}
