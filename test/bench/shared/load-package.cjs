// Prints what loading the package takes after @pulumi/pulumi, as JSON.
const { performance } = require("node:perf_hooks");

require("@pulumi/pulumi");

const measured = () => {
  global.gc();
  return { ...process.memoryUsage(), modules: Object.keys(require.cache).length };
};
const megabytes = (bytes) => bytes / 2 ** 20;

const before = measured();
const startedAt = performance.now();
require("pulumi-windows-kms");
const milliseconds = performance.now() - startedAt;
const after = measured();

process.stdout.write(
  JSON.stringify({
    milliseconds,
    rssMegabytes: megabytes(after.rss - before.rss),
    heapMegabytes: megabytes(after.heapUsed - before.heapUsed),
    modules: after.modules - before.modules,
  }),
);
