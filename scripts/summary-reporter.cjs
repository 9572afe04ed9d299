const { reporters } = require("mocha");

/** Mocha's own report, and one last line of counts that is easy to find. */
module.exports = class SummaryReporter extends reporters.Spec {
  /** @override */
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
  }
};
