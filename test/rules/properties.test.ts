import assert from "node:assert/strict";
import fc from "fast-check";
import { keyGroups } from "../../provider/catalog/key-groups";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { type ProgramToValidate, validate } from "../../provider/component/validate";
import { settle } from "../../provider/rules/acknowledge";
import type { Diagnostic } from "../../provider/rules/diagnostic";
import type { GroupFacts, HostFacts } from "../../provider/rules/facts";
import { type ProgramFacts, programIndex } from "../../provider/rules/program-index";
import { hostDiagnostics, reviewGroup, reviewHost } from "../../provider/rules/rules";

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
const network = fc.record(
  {
    privateSubnet: fc.boolean(),
    outbound: fc.constantFrom("none", "natGateway", "firewall"),
    defaultRoute: fc.constantFrom("VirtualAppliance", "None", "Internet"),
    firewallApplicationRules: fc.array(oddText, { maxLength: 3 }),
    firewallNetworkRules: fc.array(oddText, { maxLength: 3 }),
    dnsServers: fc.array(oddText, { maxLength: 2 }),
  },
  some,
);
const assume = fc.record(
  {
    updates: fc.array(oddText, { maxLength: 3 }),
    osBuild: oddText,
    image,
    network,
    domainJoined: fc.boolean(),
    dnsSuffix: oddText,
    hypervisor: oddText,
    domainController: fc.boolean(),
    offlineDays: number,
  },
  some,
);
const tolerance = {
  strict: fc.boolean(),
  acknowledge: fc.array(
    fc.record({ code: fc.oneof(fc.constant("KMS2209"), oddText), reason: oddText, until: oddText }, some),
    { maxLength: 2 },
  ),
};
const name = fc.constantFrom("a", "b", "c", "__proto__", "toString");
const spellings = (key: string) => fc.constantFrom(key, key.toLowerCase(), ` ${key}`, key.slice(1));
const keyLedger = {
  activationsSpent: fc.record({ hosts: number, activations: number }, some),
  hostLimitException: fc.record({ hosts: number, reference: oddText }, some),
};
const seenMachine = fc.record({ os: system, edition, osBuild: oddText }, some);
const paths = fc.constantFrom(
  "key",
  "machine",
  "machine.create",
  "machines",
  "machines.ssh",
  "hosts",
  "os",
  "zones[0]",
);
const unknown = fc.array(paths, { maxLength: 2 }).map((list) => new Set<string>(list));

const hostArgs = (key: string) =>
  fc.record(
    {
      key: fc.record({ keyGroup, productKey: spellings(key), ...keyLedger }, some),
      officeKeys: fc.array(
        fc.record({ office: officeVersion, productKey: spellings(key), ...keyLedger }, some),
        {
          maxLength: 2,
        },
      ),
      os: system,
      edition,
      machine: fc.record(
        {
          create: fc.record({ computerName: oddText, core: fc.boolean() }, some),
          azureVmId: oddText,
          ssh: fc.record({ host: oddText, port: number, user: oddText }, some),
          fqdn: oddText,
        },
        some,
      ),
      readOnly: fc.boolean(),
      port: number,
      clientPrefixes: fc.array(oddText, { maxLength: 3 }),
      zones: fc.array(
        fc.record(
          {
            zoneName: oddText,
            azurePrivateZoneId: oddText,
            publishedBy: fc.constantFrom("package", "windows"),
            target: oddText,
            priority: number,
            weight: number,
            addressRecord: fc.boolean(),
          },
          some,
        ),
        { maxLength: 3 },
      ),
      assume,
      ...tolerance,
    },
    some,
  );

const groupArgs = (key: string) =>
  fc.record(
    {
      hosts: fc.array(fc.oneof(name, oddText), { maxLength: 4 }),
      azureKms: fc.boolean(),
      azureKmsRouteTableId: oddText,
      machines: fc.record(
        {
          create: fc.record({ count: number }, some),
          azureVmIds: fc.array(oddText, { maxLength: 4 }),
          ssh: fc.record(
            { machines: fc.array(fc.record({ host: oddText, port: number }, some), { maxLength: 3 }) },
            some,
          ),
          scaleSet: fc.record(
            { capacity: number, orchestrationMode: fc.constantFrom("Flexible", "Uniform") },
            some,
          ),
          scaleSetId: oddText,
          autoscaled: fc.boolean(),
        },
        some,
      ),
      os: system,
      edition,
      office: fc.record({ version: officeVersion, product: oddText }, some),
      setupKey: spellings(key),
      discovery: fc.constantFrom("dns", "fixedHost"),
      lookupDomain: oddText,
      rollout: fc.record({ maxFailures: number, maxFailuresPercent: number }, some),
      assume,
      ...tolerance,
    },
    some,
  );

const facts = (args: fc.Arbitrary<object>, seen: fc.Arbitrary<unknown>) =>
  fc.record(
    { name, args, unknown, seen, azureCloud: fc.constantFrom("public", "usgovernment", "china") },
    { requiredKeys: ["name", "args", "unknown"] },
  );

const program = productKey.chain((key) =>
  fc.record({
    key: fc.constant(key),
    hosts: fc.array(facts(hostArgs(key), seenMachine) as fc.Arbitrary<HostFacts>, { maxLength: 4 }),
    groups: fc.array(
      facts(groupArgs(key), fc.array(seenMachine, { maxLength: 3 })) as fc.Arbitrary<GroupFacts>,
      { maxLength: 4 },
    ),
    zones: fc.array(fc.record({ zoneName: oddText, foreignTargets: fc.array(oddText, { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    today: fc.constantFrom("2026-01-01", "1970-01-01"),
  }),
);

/** Everything that the rules say of a program. */
function review(facts: ProgramFacts & Required<Pick<ProgramFacts, "hosts" | "groups">>): Diagnostic[] {
  const index = programIndex(facts);
  return [
    ...facts.hosts.flatMap((one) => settle(reviewHost(one, index), { ...one.args, today: facts.today })),
    ...facts.groups.flatMap((one) => settle(reviewGroup(one, index), { ...one.args, today: facts.today })),
  ];
}

/** A diagnostic that can be shown: a code, a known severity and whole text, and of the key its ending at most. */
function assertShowable({ code, severity, path, message }: Diagnostic, key: string): void {
  assert.match(code, /^KMS\d{4}$/);
  assert.ok(["error", "warning", "info"].includes(severity));
  assert.equal(typeof path, "string");
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
      fc.property(program, ({ key, ...facts }) => {
        for (const diagnostic of review(facts)) {
          assertShowable(diagnostic, key);
        }
      }),
      { seed, numRuns: 1000 },
    );
  });

  it("gets the same diagnostics again", () => {
    fc.assert(
      fc.property(program, (facts) => {
        assert.deepEqual(review(facts), review(facts));
      }),
      { seed, numRuns: 100 },
    );
  });

  it("has no warning with strict, and the same codes when they are acknowledged", () => {
    fc.assert(
      fc.property(program, (facts) => {
        const index = programIndex(facts);
        for (const one of facts.hosts) {
          const diagnostics = hostDiagnostics(one, index);
          const strict = settle(diagnostics, { strict: true });
          assert.ok(strict.every(({ severity }) => severity !== "warning"));
          const codes = diagnostics.map(({ code }) => code);
          const acknowledge = codes.map((code) => ({ code, reason: "a test", until: "2027-03-31" }));
          const acknowledged = settle(diagnostics, { acknowledge });
          assert.deepEqual(
            acknowledged.map(({ code }) => code).filter((code) => code !== "KMS2303"),
            codes,
          );
        }
      }),
      { seed, numRuns: 200 },
    );
  });

  it("gets diagnostics from `validate` too, whatever stands in the place of its arguments", () => {
    const value = fc.oneof(fc.jsonValue(), oddText, number, system, keyGroup);
    const resources = (args: fc.Arbitrary<object>, names: string[]) =>
      fc.dictionary(name, fc.oneof(args, value, fc.dictionary(fc.constantFrom(...names), value)), {
        maxKeys: 3,
      });
    const anything = productKey.chain((key) =>
      fc.record({
        key: fc.constant(key),
        hosts: resources(hostArgs(key), ["key", "machine", "zones", "officeKeys", "assume"]),
        groups: resources(groupArgs(key), ["hosts", "machines", "office", "rollout", "assume"]),
      }),
    );
    fc.assert(
      fc.property(anything, ({ key, ...given }) => {
        for (const diagnostic of validate(given as ProgramToValidate)) {
          assertShowable(diagnostic, key);
        }
      }),
      { seed, numRuns: 1000 },
    );
  });
});
