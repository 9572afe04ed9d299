const { reporters, Runner } = require("mocha");

/** Ending of the titles of suites that need PowerShell. */
const inPowerShell = / in PowerShell\b/;

/**
 * Mocha's own report, the tests that were skipped for want of PowerShell, and one last line of counts that is easy to find.
 * Where PULUMI_WINDOWS_KMS_PWSH names a PowerShell, each of those tests counts as a failure.
 */
module.exports = class SummaryReporter extends reporters.Spec {
  constructor(
    /** @type {import("mocha").Runner} */ runner,
    /** @type {import("mocha").MochaOptions} */ options,
  ) {
    super(runner, options);
    /** @type {string[]} */
    this.withoutPowerShell = [];
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => {
      const title = test.fullTitle();
      if (inPowerShell.test(title)) {
        this.withoutPowerShell.push(title);
      }
    });
  }

  /** @override */
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (this.withoutPowerShell.length > 0) {
      const titles = this.withoutPowerShell.map((title) => `  ${title}\n`).join("");
      process.stdout.write(`skipped for want of PowerShell:\n${titles}`);
    }
    process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
  }

  /**
   * @override
   * @param {number} failures
   * @param {(failures: number) => void} fn
   */
  done(failures, fn) {
    const missing = process.env.PULUMI_WINDOWS_KMS_PWSH === undefined ? 0 : this.withoutPowerShell.length;
    fn(failures + missing);
  }
};
