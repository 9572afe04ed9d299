// Required before a test of the repository: its modules then use the packages of Pulumi that a project has installed, which
// KMS_INSTALLED_PROJECT names.
const { Module } = require("node:module");

/** @typedef {(this: unknown, request: string, ...rest: unknown[]) => string} Resolve */

const project = /** @type {string} */ (process.env.KMS_INSTALLED_PROJECT);
const internals = /** @type {{ _resolveFilename: Resolve, _nodeModulePaths(folder: string): string[] }} */ (
  /** @type {unknown} */ (Module)
);
const resolve = internals._resolveFilename;
const parent = { id: project, filename: `${project}/index.js`, paths: internals._nodeModulePaths(project) };

internals._resolveFilename = /** @type {Resolve} */ (
  function (request, ...rest) {
    return request.startsWith("@pulumi/")
      ? resolve.call(this, request, parent)
      : resolve.call(this, request, ...rest);
  }
);
