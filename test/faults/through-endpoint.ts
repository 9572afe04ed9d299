import type { Intervention } from "./step-proxy";

/** What may happen to any request. */
export const faults: Intervention[] = ["lose-request", "lose-answer", 409, 429, 500];

const variable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";

/** For the tests of one `describe`: sets where handlers find Azure, and restores the environment after each test. */
export function throughEndpoint(): (endpoint: string) => void {
  const before = process.env[variable];
  afterEach(() => {
    if (before === undefined) {
      delete process.env[variable];
    } else {
      process.env[variable] = before;
    }
  });
  return (endpoint) => {
    process.env[variable] = endpoint;
  };
}
