/** Patterns of all test files: those of provider/ are TypeScript, those of the scripts are modules as they are. */
export const testFiles = ["test/**/*.test.ts", "test/**/*.test.mjs"];
