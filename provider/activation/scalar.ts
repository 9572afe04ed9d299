import type { Scalar } from "../machine/licensing-plan";

/** A CIM value as text; "" for none. */
export const text = (value: Scalar | null | undefined) =>
  value === null || value === undefined ? "" : String(value);

/** A CIM value as a number; 0 for none. */
export const number = (value: Scalar | null | undefined) => (typeof value === "number" ? value : 0);
