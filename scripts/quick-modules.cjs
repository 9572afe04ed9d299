/**
 * `node --require quick-modules.cjs`: the tests start thousands of processes, each of which would compile the same modules.
 * What V8 compiles of installed and built ones is kept for the next process, as Node.js has it from version 22 on; and what
 * the SDK loads at once and seldom uses is loaded when it is used.
 */
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

/** What Node.js has beside its documented interface, as all that change how modules are loaded use it. @type {any} */
const Module = require("node:module");

const cache = path.join(__dirname, "../node_modules/.cache/pulumi-windows-kms/compiled");
const folder = path.join(cache, `${process.version}-${process.arch}`);

/**
 * Whether a module stays as it is: what tsx makes of a source does not, and Node.js itself takes note of its source map.
 * @param {string} file
 */
const isLasting = (file) => /[\\/](?:node_modules|bin)[\\/].*\.c?js$/.test(file);

/**
 * A script that was kept cannot import. The compiler of TypeScript, the largest module, only writes of it.
 * @param {string} text
 * @param {string} file
 */
const imports = (text, file) => !/[\\/]typescript\.js$/.test(file) && /\bimport\s*\(/.test(text);

if (Module.enableCompileCache !== undefined) {
  Module.enableCompileCache(cache);
} else {
  mkdirSync(folder, { recursive: true });
  const compile = Module.prototype._compile;
  /**
   * @param {string} text
   * @param {string} file
   */
  Module.prototype._compile = function (text, file) {
    const compiled = isLasting(file) && !imports(text, file) ? compiledModule(text, file) : undefined;
    return compiled === undefined ? compile.call(this, text, file) : run(this, file, compiled);
  };
}

/**
 * The module as a script, and where to keep it if it is new. Undefined where Node.js shall say itself what is wrong.
 * @param {string} text
 * @param {string} file
 */
function compiledModule(text, file) {
  const kept = path.join(folder, createHash("sha1").update(file).update("\0").update(text).digest("hex"));
  const cachedData = contentOf(kept);
  // On a line of its own, so that places in the text are what they are without it.
  const code = Module.wrap(`\n${text.replace(/^#!/, "//")}`);
  try {
    const script = new vm.Script(code, { filename: file, lineOffset: -1, cachedData });
    return { script, keepAt: cachedData === undefined ? kept : undefined };
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function contentOf(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * @param {any} module
 * @param {string} file
 * @param {{ script: vm.Script, keepAt?: string }} compiled
 */
function run(module, file, { script, keepAt }) {
  const body = script.runInThisContext();
  const result = body.call(
    module.exports,
    module.exports,
    requireOf(module),
    module,
    file,
    path.dirname(file),
  );
  if (keepAt !== undefined) {
    // Once the module has run, so that the functions it has called are kept as well; others may do the same meanwhile.
    const own = `${keepAt}-${process.pid}`;
    writeFileSync(own, script.createCachedData());
    renameSync(own, keepAt);
  }
  return result;
}

/** Modules that the SDK loads at once and seldom uses, by its file that loads them. */
const seldomUsed = Object.entries({
  "index.js": ["./automation"],
  "typescript-shim.js": ["typescript"],
  "runtime/closure/codePaths.js": ["@npmcli/arborist", "normalize-package-data"],
  "cmd/run/tracing.js": [
    ...["resources", "sdk-trace-base", "sdk-trace-node", "exporter-zipkin"],
    ...["instrumentation", "instrumentation-grpc"],
  ].map((name) => `@opentelemetry/${name}`),
}).map(([file, modules]) => ({ end: path.normalize(`/@pulumi/pulumi/${file}`), modules }));

const loadNow = Module._load;
/**
 * @param {string} request
 * @param {any} parent
 * @param {boolean} isMain
 */
Module._load = function (request, parent, isMain) {
  const load = () => loadNow.call(this, request, parent, isMain);
  const isSeldomUsed = seldomUsed.some(
    ({ end, modules }) => modules.includes(request) && parent?.filename?.endsWith(end),
  );
  if (isSeldomUsed && Module._resolveFilename(request, parent)) {
    return whenUsed(load);
  }
  const loaded = load();
  if (/[\\/]debuggable$/.test(request) && isSdk(parent)) {
    skipPromiseStacks(loaded);
  }
  return loaded;
};

const isSdk = (/** @type {any} */ parent) => /[\\/]@pulumi[\\/]pulumi[\\/]/.test(parent?.filename ?? "");

/** Functions that note no stack already: the SDK loads its module from several of its files. */
const withoutStack = new WeakSet();

/**
 * The SDK notes the stack of each promise for a message about those that never settle, and each frame is looked up in source
 * maps, which is a third of what a program costs.
 * @param {{ debuggablePromise: (promise: Promise<unknown>, context?: unknown) => Promise<unknown> }} sdk
 */
function skipPromiseStacks(sdk) {
  const { debuggablePromise } = sdk;
  if (withoutStack.has(debuggablePromise)) {
    return;
  }
  sdk.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  withoutStack.add(sdk.debuggablePromise);
}

/**
 * Stands for a module that is not loaded yet. It says that it is made of ES modules, for a module that isn't is copied.
 * @param {() => any} load
 */
function whenUsed(load) {
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "__esModule") {
          return true;
        }
        const module = load();
        return name === "default" && module.__esModule !== true ? module : module[name];
      },
    },
  );
}

/** @param {any} module */
function requireOf(module) {
  const resolve = Object.assign(
    (/** @type {string} */ request, /** @type {object} */ options) =>
      Module._resolveFilename(request, module, false, options),
    { paths: (/** @type {string} */ request) => Module._resolveLookupPaths(request, module) },
  );
  return Object.assign((/** @type {string} */ request) => module.require(request), {
    resolve,
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}
