// The Markdown of the generated pages, for modules that Node.js loads as they are.
import { require as requireTypeScript } from "tsx/cjs/api";

/** @type {typeof import("../../docs/generate/markdown")} */
export const { page, table } = requireTypeScript("../../docs/generate/markdown.ts", import.meta.url);
