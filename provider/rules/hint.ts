/** A sentence with the best guess at what was meant; "" without one. */
export function hintOf([guess]: string[]): string {
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}
