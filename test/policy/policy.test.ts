import assert from "node:assert/strict";
import Ajv from "ajv";
import { limits } from "../../provider/catalog/limits";
import { kmsPolicies } from "../../provider/policy/pack";
import { valuesOf } from "../../provider/policy/policy";

const policy = (name: string) => {
  const found = kmsPolicies.find((one) => one.name === name);
  assert.ok(found);
  return found;
};
const refuses = (name: string, given: object, message: string) =>
  assert.throws(() => valuesOf(policy(name), given), { name: "KmsError", message });

describe("parameters of policies", () => {
  for (const { name, parameters } of kmsPolicies) {
    it(`${name} has parameters with strict schemas and descriptions that take their defaults`, () => {
      const validate = new Ajv({ strict: true }).compile({ type: "object", properties: parameters });
      assert.ok(Object.values(parameters).every(({ description }) => description.length > 20));
      assert.ok(validate(valuesOf({ name, parameters }, {})), JSON.stringify(validate.errors));
    });
  }

  it("default to Microsoft's numbers", () => {
    assert.deepEqual(
      kmsPolicies.map(({ name, parameters }) => [name, valuesOf({ name, parameters }, {})]),
      [
        ["kms-port-open", { allowedPrefixes: [], port: limits.kmsPort }],
        ["kms-hosts-per-key", { hostsPerKey: limits.hostsPerKey }],
        ["kms-key-in-plain-text", { allowSetupKeys: false }],
        ["kms-redundancy", { clients: limits.redundancyClients, hosts: limits.recommendedHosts }],
        ["kms-host-support", { daysLeft: 0 }],
        ["kms-host-protected", { exemptHosts: [] }],
        ["kms-srv-unknown-host", { knownHosts: [] }],
        ["kms-ledger-shared", {}],
        ["kms-network", { warnings: false, ignore: [] }],
        ["kms-unacknowledged-warnings", { ignore: [] }],
      ],
    );
  });

  it("that do not exist are refused with the names that do", () => {
    refuses(
      "kms-port-open",
      { allowedPrefix: [] },
      "KMS8090 the policy kms-port-open has no parameter allowedPrefix. Use enforcementLevel or one of: " +
        "allowedPrefixes, port. Did you mean allowedPrefixes?",
    );
  });

  it("with wrong values are refused with the value and what is allowed", () => {
    refuses(
      "kms-redundancy",
      { hosts: 1 },
      "KMS8091 hosts: 1 is not allowed in the policy kms-redundancy; allowed: KMS hosts that more clients " +
        "need, 2 or more. Correct the policy configuration.",
    );
    refuses(
      "kms-port-open",
      { allowedPrefixes: ["10.20.0.0/16", "10.20.0.0-10.20.0.9"] },
      'KMS8091 allowedPrefixes: "10.20.0.0-10.20.0.9" is not allowed in the policy kms-port-open; allowed: Address ' +
        "prefixes and service tags that may reach the KMS port, for example 10.20.0.0/16; if empty, every private prefix " +
        "may. Correct the policy configuration.",
    );
    assert.throws(() => valuesOf(policy("kms-unacknowledged-warnings"), { ignore: ["2209"] }));
    assert.throws(() => valuesOf(policy("kms-srv-unknown-host"), { knownHosts: ["kms"] }));
  });

  it("are not changed where they came from", () => {
    const given = {};
    valuesOf(policy("kms-port-open"), given);
    assert.deepEqual(given, {});
  });
});
