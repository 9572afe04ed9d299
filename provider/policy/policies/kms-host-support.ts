import { findOperatingSystem } from "../../catalog/operating-systems";
import { type KmsPolicy, type Violation, violation } from "../policy";
import { declaredHosts } from "../program-facts";
import schema from "../schema/kms-host-support.schema.json";

interface Parameters {
  /** Days of support that a host must have left. */
  daysLeft: number;
}

/** A KMS host gets updates, or is moved in time. */
export const kmsHostSupport: KmsPolicy<Parameters> = {
  name: "kms-host-support",
  description: "KMS hosts run an operating system with support.",
  enforcementLevel: "advisory",
  scope: "resource",
  schema,
  review: (resources, { daysLeft }, { today }) =>
    declaredHosts(resources).flatMap(({ resource, facts }): Violation[] => {
      const system = facts.os === undefined ? undefined : findOperatingSystem(facts.os);
      const end = system?.endOfSupport;
      const until = addDays(today, daysLeft);
      return system !== undefined && end !== undefined && end < until
        ? [violation(resource, "KMS8005", { given: system.name, end, until }, "os")]
        : [];
    }),
};

const millisecondsPerDay = 86_400_000;

/** ISO 8601 dates compare as texts. */
const addDays = (date: string, days: number) =>
  new Date(Date.parse(date) + days * millisecondsPerDay).toISOString().slice(0, 10);
