import assert from "node:assert/strict";
import fc from "fast-check";
import { type Validator, argumentDiagnostics } from "../../provider/component/validate-args";

import { keyGroups } from "../../provider/catalog/key-groups";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { hostFacts } from "../../provider/host/facts";
import type { GroupFacts, HostFacts, NetworkFacts } from "../../provider/rules/facts";
import { hostDiagnostics } from "../../provider/rules/validate";
import { programIndex } from "../../provider/rules/program-index";
import { settle } from "../../provider/rules/diagnostic";
import { validate } from "../../provider/rules/validate";
import type { Diagnostic } from "../../provider/rules/diagnostic";
import { kmsClientGroupArgs, kmsHostArgs } from "../../provider/validators.generated";

const seed = 20_260_103;

const oddText = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "0.0.0.0/0",
    "10.0.0.0/abc",
    "fe80::1%eth0",
    "::/129",
    "*",
    "1e9",
  ),
);
const system = fc.oneof(fc.constantFrom(...operatingSystems().map(({ name }) => name)), oddText);
const edition = fc.oneof(
  fc.constantFrom(...operatingSystems().flatMap(({ editions }) => editions.map(({ name }) => name))),
  oddText,
);
const keyGroup = fc.oneof(fc.constantFrom(...keyGroups().map(({ name }) => name)), oddText);
const officeVersion = fc.oneof(fc.constantFrom("2019", "Office 2016", "LTSC 2021"), oddText);
const number = fc.oneof(
  fc.nat({ max: 100 }),
  fc.integer(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
);

/** A product key that nobody published: its letters are random. */
const productKey = fc
  .array(fc.array(fc.constantFrom(..."BCDFGHJKMNPQRTVWXY2346789"), { minLength: 5, maxLength: 5 }), {
    minLength: 5,
    maxLength: 5,
  })
  .map((groups) => groups.map((letters) => letters.join("")).join("-"));

const some = { requiredKeys: [] };
const image = fc.record(
  { evaluation: fc.boolean(), generalized: fc.boolean(), skipRearm: fc.boolean() },
  some,
);
const network: fc.Arbitrary<NetworkFacts> = fc.record(
  {
    privateSubnet: fc.boolean(),
    outbound: fc.constantFrom("none", "natGateway", "firewall"),
    defaultRoute: fc.oneof(fc.constantFrom("VirtualAppliance", "None"), oddText),
    firewallApplicationRules: fc.array(oddText, { maxLength: 3 }),
    firewallNetworkRules: fc.array(oddText, { maxLength: 3 }),
    dnsServers: fc.array(oddText, { maxLength: 2 }),
  },
  some,
);
const tolerance = {
  strict: fc.boolean(),
  acknowledge: fc.array(fc.oneof(fc.constant("KMS2209"), oddText), { maxLength: 2 }),
};
const name = fc.constantFrom("a", "b", "c", "__proto__", "toString");

const host = (key: string): fc.Arbitrary<HostFacts> =>
  fc.record(
    {
      name,
      keyGroup,
      os: system,
      edition,
      productKey: fc.constantFrom(key, key.toLowerCase(), ` ${key}`, key.slice(1)),
      created: fc.boolean(),
      azure: fc.boolean(),
      port: number,
      clientPrefixes: fc.array(oddText, { maxLength: 3 }),
      srvRecords: fc.array(fc.record({ zoneName: oddText, priority: number, weight: number }, some), {
        maxLength: 3,
      }),
      updates: fc.array(oddText, { maxLength: 3 }),
      osBuild: oddText,
      image,
      network,
      hostLimitException: fc.record({ hosts: number, reference: oddText }),
      office: fc.array(officeVersion, { maxLength: 2 }),
      ...tolerance,
    },
    { requiredKeys: ["name"] },
  );

const group = (key: string): fc.Arbitrary<GroupFacts> =>
  fc.record(
    {
      name,
      hosts: fc.array(fc.oneof(name, oddText), { maxLength: 4 }),
      os: system,
      edition,
      office: officeVersion,
      productKey: fc.constantFrom(key, key.toLowerCase(), `${key}\n`, key.slice(1)),
      count: number,
      azureVmIds: fc.array(oddText, { maxLength: 4 }),
      azure: fc.boolean(),
      discovery: fc.constantFrom("dns", "host"),
      lookupDomain: oddText,
      domainJoined: fc.boolean(),
      dnsSuffix: oddText,
      image,
      network,
      hypervisor: oddText,
      domainController: fc.boolean(),
      offlineDays: number,
      acceptUnlisted: fc.boolean(),
      azureKms: fc.boolean(),
      azureKmsRoutes: fc.record(
        { resourceGroupName: oddText, routeTableName: oddText },
        { requiredKeys: [] },
      ),
      azureCloud: fc.constantFrom("public", "usgovernment", "china"),
      ...tolerance,
    },
    { requiredKeys: ["name", "hosts"] },
  );

const program = productKey.chain((key) =>
  fc.record({
    key: fc.constant(key),
    facts: fc.record({
      hosts: fc.array(host(key), { maxLength: 4 }),
      groups: fc.array(group(key), { maxLength: 4 }),
      zones: fc.array(fc.record({ zoneName: oddText, foreignTargets: fc.array(oddText, { maxLength: 2 }) }), {
        maxLength: 2,
      }),
      today: fc.constantFrom("2026-01-01", "1970-01-01"),
    }),
  }),
);

/** A diagnostic that can be shown: a code, a known severity and whole text, and of the key its ending at most. */
function assertShowable({ code, severity, property, message }: Diagnostic, key: string): void {
  assert.match(code, /^KMS\d{4}$/);
  assert.ok(["error", "warning", "info"].includes(severity));
  assert.equal(typeof property, "string");
  assert.ok(message.startsWith(code), message);
  const shown = message.toUpperCase();
  assert.ok(!shown.includes(key), message);
  for (const part of key.split("-").slice(0, -1)) {
    assert.ok(!shown.includes(part), message);
  }
}

describe("whatever a program declares", () => {
  it("is accepted or gets diagnostics, without an exception, and no message holds a product key", () => {
    fc.assert(
      fc.property(program, ({ key, facts }) => {
        for (const diagnostic of validate(facts)) {
          assertShowable(diagnostic, key);
        }
      }),
      { seed, numRuns: 1000 },
    );
  });

  it("gets the same diagnostics again", () => {
    fc.assert(
      fc.property(program, ({ facts }) => {
        assert.deepEqual(validate(facts), validate(facts));
      }),
      { seed, numRuns: 100 },
    );
  });

  it("strict leaves no warning, and acknowledging changes no code", () => {
    fc.assert(
      fc.property(program, ({ facts }) => {
        const index = programIndex(facts);
        for (const one of facts.hosts) {
          const diagnostics = hostDiagnostics(one, index);
          const strict = settle(diagnostics, { strict: true });
          assert.ok(strict.every(({ severity }) => severity !== "warning"));
          const acknowledged = settle(diagnostics, { acknowledge: diagnostics.map(({ code }) => code) });
          assert.deepEqual(
            acknowledged.map(({ code }) => code),
            diagnostics.map(({ code }) => code),
          );
        }
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe("whatever arguments a resource is given", () => {
  /** Values of any JSON type, under the names of the arguments or others. */
  const argumentsOf = (validator: Validator, names: string[]) =>
    productKey.chain((key) => {
      const value = fc.oneof(fc.jsonValue(), oddText, number, system, keyGroup, edition);
      const keys = fc.oneof(fc.constantFrom(...names), fc.string());
      const values = fc
        .dictionary(keys, value, { maxKeys: 12 })
        .map((args) => ({ ...args, productKey: key }));
      return fc.record({ key: fc.constant(key), values, validator: fc.constant(validator) });
    });
  const hostNames = [
    "keyGroup",
    "os",
    "edition",
    "vm",
    "azureVmId",
    "srvRecords",
    "clientPrefixes",
    "port",
    "image",
  ];
  const groupNames = [
    "hosts",
    "os",
    "edition",
    "vms",
    "azureVmIds",
    "discovery",
    "rollout",
    "network",
    "offlineDays",
  ];

  it("they are accepted or get diagnostics, without an exception, and no message holds the product key", () => {
    fc.assert(
      fc.property(
        fc.oneof(argumentsOf(kmsHostArgs, hostNames), argumentsOf(kmsClientGroupArgs, groupNames)),
        ({ key, values, validator }) => {
          for (const diagnostic of argumentDiagnostics(validator, { values, unknownPaths: new Set() })) {
            assertShowable(diagnostic, key);
          }
        },
      ),
      { seed, numRuns: 1000 },
    );
  });

  it("what is accepted can be judged by the rules", () => {
    const accepted = productKey.chain((key) =>
      fc.record({
        key: fc.constant(key),
        values: fc.record(
          {
            keyGroup: keyGroup.filter((text) => text !== ""),
            os: system.filter((text) => text !== ""),
            productKey: fc.constantFrom(key, key.slice(1)),
            edition: edition.filter((text) => text !== ""),
            port: fc.integer({ min: 1, max: 65_535 }),
            clientPrefixes: fc.constantFrom([], ["10.0.0.0/8"], ["8.8.8.0/24", "::/0"]),
            strict: fc.boolean(),
          },
          { requiredKeys: ["keyGroup", "os", "productKey"] },
        ),
      }),
    );
    fc.assert(
      fc.property(accepted, ({ key, values }) => {
        const known = { values, unknownPaths: new Set<string>() };
        const diagnostics = argumentDiagnostics(kmsHostArgs, known);
        const facts = hostFacts("kms", known);
        for (const diagnostic of [
          ...diagnostics,
          ...hostDiagnostics(facts, programIndex({ hosts: [facts] })),
        ]) {
          assertShowable(diagnostic, key);
        }
      }),
      { seed, numRuns: 500 },
    );
  });
});
