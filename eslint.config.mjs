import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Rooms of provider/ from the bottom up: a room imports only rooms that stand before it. Lists stand side by side. */
const levels = [
  ["errors"],
  ["catalog"],
  ["rules"],
  ["azure"],
  ["ledger", "machine"],
  ["engine"],
  ["component", "srv"],
  ["host"],
  ["group"],
  ["report"],
  ["cli"],
];

const room = (name) => `./provider/${name}/**/*`;

const zones = levels.flatMap((side, level) => {
  const above = levels.slice(level + 1).flat();
  return side.map((name) => ({
    target: room(name),
    from: [...above, ...side.filter((other) => other !== name), "lab", "policy"].map(room),
    message: "A room imports only the rooms below it.",
  }));
});

zones.push(
  {
    target: room("lab"),
    from: "./provider",
    except: ["./lab", "./testing.ts"],
    message: "The lab reaches the package by pulumi-windows-kms/bin/provider/testing alone.",
  },
  {
    target: "./provider/policy/!(product).ts",
    from: "./provider",
    except: ["./policy"],
    message: "The policy pack reaches the package by provider/policy/product.ts alone.",
  },
);

/** Modules of Node.js that do input or output, and the SDKs. */
const impureModules = [
  "node:fs",
  "node:fs/promises",
  "node:http",
  "node:https",
  "node:child_process",
  "node:timers",
  "node:timers/promises",
];

export default defineConfig(
  { ignores: ["**/bin/", "node_modules/", "coverage/", "**/*.generated.*"] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ["provider/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      // One program for both: each loads the large types of azure-native.
      parserOptions: { project: "./test/tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A handler or a method of an interface may be async without waiting for anything.
      "@typescript-eslint/require-await": "off",
      // Interfaces here are kept by objects of closures; hardly anything uses `this`.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["scripts/**/*.ts", "docs/generate/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: "./scripts/tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Doc comments of arguments are long and may be.
      "max-lines": ["error", { max: 300, skipComments: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.{mjs,cjs}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        fetch: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
      },
    },
  },
  {
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
    languageOptions: { sourceType: "commonjs", globals: { __dirname: "readonly" } },
  },
  {
    files: ["provider/**/*.ts"],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver({ project: "./tsconfig.json" })] },
    rules: { "import-x/no-restricted-paths": ["error", { zones }], "import-x/no-cycle": "error" },
  },
  {
    files: ["provider/**/*.ts"],
    ignores: ["provider/lab/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["any", "timeout"].map((property) => ({
          ...{ object: "AbortSignal", property },
          message: "It may be collected as garbage before it aborts; see provider/azure/time-limit.ts.",
        })),
      ],
    },
  },
  {
    files: ["provider/{catalog,rules,report}/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            ...impureModules.map((name) => ({ name, message: "This folder is pure." })),
            {
              name: "node:net",
              allowImportNames: ["isIP", "isIPv4", "isIPv6", "BlockList"],
              message: "This folder is pure.",
            },
          ],
          patterns: [{ group: ["@pulumi/*", "@azure/*"], message: "This folder is pure." }],
        },
      ],
      "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "setInterval", "performance"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "The time is an argument here." },
        { object: "Math", property: "random", message: "Nothing is random here." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "The time is an argument here.",
        },
      ],
    },
  },
  {
    // Stores and Microsoft's libraries are loaded when they are used. An import() would be Node's own, which does not find
    // this package's modules before they are compiled.
    files: ["provider/ledger/open-ledger.ts", "provider/azure/clients.ts", "provider/azure/cloud.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // The engine serialises this file's functions, so they load the handlers by `require` themselves.
    files: ["provider/engine/delegate.ts"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // Tests read answers of programs and call methods of stand-ins; their types are what is asserted.
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // tsx's own `require` loads second copies of modules, and Node then hands some of these to files that want the first.
    files: ["**/*.mjs"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "tsx/cjs/api", message: "Load TypeScript with createRequire, once tsx/cjs is loaded." },
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.mjs"],
    languageOptions: {
      globals: {
        describe: "readonly",
        it: "readonly",
        beforeEach: "readonly",
        afterEach: "readonly",
        before: "readonly",
        after: "readonly",
        setImmediate: "readonly",
      },
    },
  },
);
