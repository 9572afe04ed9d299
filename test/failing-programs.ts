/**
 * For the tests of a `describe`: a program with errors is made to fail by a rejection that nobody handles, which would fail
 * the test. Afterwards mocha listens again.
 */
export function allowFailingPrograms(failed: (reason: unknown) => void = () => undefined): void {
  let listeners: NodeJS.UnhandledRejectionListener[];
  before(() => {
    listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", failed);
  });
  after(() => {
    process.removeAllListeners("unhandledRejection");
    listeners.forEach((listener) => process.on("unhandledRejection", listener));
  });
}
