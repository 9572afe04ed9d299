/** Mocha's hook for `npm run test:repeat -- 1 --reversed`: what a test needs of one before it is not there yet. */

/** @param {import("mocha").Suite} suite */
function reverse(suite) {
  suite.tests.reverse();
  suite.suites.reverse();
  suite.suites.forEach(reverse);
}

exports.mochaHooks = {
  /** @this {import("mocha").Context} */
  beforeAll() {
    // Of the suite that all files are in.
    reverse(/** @type {import("mocha").Suite} */ (this.test?.parent));
  },
};
