import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { ArgumentNode, ObjectNode } from "../../provider/component/argument-node";
import { kmsClientGroupTree, kmsHostTree } from "../../provider/component/argument-tree.generated";
import { isReadable } from "../../provider/component/plain-arguments";
import { type ProgramToValidate, validate } from "../../provider/component/validate";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { KMSHost } from "../../provider/host/kms-host";
import { allDeclared, type Declared, recordDeclared, stopMocks } from "../declared-resources";
import { valueOf } from "../host/mocked-host";
import { wrongValues } from "./wrong-values";

const seed = 20_261_129;
const resources = "/subscriptions/s/resourceGroups/rg/providers";
const subnetId = `${resources}/Microsoft.Network/virtualNetworks/vnet/subnets/hosts`;
const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests" };
const os = "Windows Server 2022";

/** Texts that some argument accepts, so that what is generated gets past the check of its shape now and then. */
const plausible = fc.constantFrom<unknown>(
  os,
  "Datacenter",
  "Volume License for Windows Server 2022",
  "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K",
  "corp.example",
  "10.20.0.0/16",
  "kms",
  subnetId,
  `${resources}/Microsoft.Compute/virtualMachines/vm`,
  `${resources}/Microsoft.Network/privateDnsZones/corp.example`,
  "A password for tests",
  "dns",
  "online",
  "Flexible",
  "KMS2209",
  true,
  false,
  5,
);

const odd = fc.oneof(
  fc.constantFrom(...Object.values(wrongValues).filter(isReadable)),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true }),
  fc.constantFrom<unknown>(null, undefined, Number.NaN, Symbol("odd"), () => 1, new Date(0), /x/),
  fc.anything().map((value) => pulumi.output(Promise.resolve(value))),
  fc.anything().map((value) => pulumi.secret(value)),
  fc.constant(pulumi.output(pulumi.unknown)),
  fc.constant(Promise.resolve("later")),
);

/** A value for an argument: as the tree has it, or anything else. */
function valueFor(node: ArgumentNode): fc.Arbitrary<unknown> {
  const right = (): fc.Arbitrary<unknown> => {
    switch (node.kind) {
      case "object":
        return argsFor(node);
      case "list":
        return fc.array(valueFor(node.items), { maxLength: 3 });
      case "map":
        return fc.dictionary(fc.string(), valueFor(node.values), { maxKeys: 3 });
      default:
        return plausible;
    }
  };
  return fc.oneof({ arbitrary: right(), weight: 6 }, { arbitrary: odd, weight: 1 });
}

/** Some members of an object, each with a value. */
function argsFor({ members }: ObjectNode): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .uniqueArray(fc.constantFrom(...Object.keys(members), "__proto__", "typo"), { maxLength: 6 })
    .chain((names) =>
      fc.tuple(...names.map((name) => (name in members ? valueFor(members[name]) : odd))).map((values) => {
        const args: Record<string, unknown> = {};
        names.forEach((name, place) =>
          Object.defineProperty(args, name, { value: values[place], enumerable: true, configurable: true }),
        );
        return args;
      }),
    );
}

const host = fc.oneof(
  argsFor(kmsHostTree),
  argsFor(kmsHostTree).map((args) => ({ ...valid.host, ...args })),
);
const group = fc.oneof(
  argsFor(kmsClientGroupTree),
  argsFor(kmsClientGroupTree).map((args) => ({ ...valid.group, ...args })),
);
const resource = fc.record({
  type: fc.constantFrom(
    "azure-native:network:Subnet",
    "azure-native:network:NetworkSecurityGroup",
    "azure-native:network:SecurityRule",
    "azure-native:network:Route",
    "azure-native:compute:VirtualMachine",
    "azure-native:privatedns:PrivateRecordSet",
  ),
  name: fc.string(),
  args: fc.dictionary(
    fc.constantFrom(
      "securityRules",
      "subnets",
      "srvRecords",
      "addressPrefix",
      "properties",
      "resourceGroupName",
      "routes",
      "osProfile",
    ),
    odd,
    { maxKeys: 4 },
  ),
});
const valid = {
  host: { key: { keyGroup: "Volume License for Windows Server 2022" }, os, machine: { create } },
  group: { hosts: ["kms"], os, edition: "Datacenter", machines: { create: { ...create, count: 5 } } },
};

function assertDiagnostics(diagnostics: readonly { code: string; message: string }[]): void {
  for (const { code, message } of diagnostics) {
    assert.match(code, /^KMS\d{4}$/);
    assert.ok(message.startsWith(code), message);
    assert.doesNotMatch(message, /\[object |\ba undefined|TypeError/);
  }
}

/** Arguments with a value at each path of a tree, each with its path. */
function argumentsWith(node: ArgumentNode, value: unknown, path = ""): [path: string, args: unknown][] {
  const below = (inner: ArgumentNode, name: string, around: (args: unknown) => unknown) =>
    argumentsWith(inner, value, `${path}${name}`).map(([place, args]): [string, unknown] => [
      place,
      around(args),
    ]);
  const inside =
    node.kind === "object"
      ? Object.entries(node.members).flatMap(([name, member]) =>
          below(member, `.${name}`, (args) => ({ [name]: args })),
        )
      : node.kind === "list"
        ? below(node.items, "[]", (args) => [args])
        : node.kind === "map"
          ? below(node.values, "[]", (args) => ({ one: args }))
          : [];
  return [[path, value], ...inside];
}

describe("validate", () => {
  for (const [what, value] of Object.entries(wrongValues)) {
    it(`answers ${what} at any path with diagnostics`, () => {
      for (const [path, args] of argumentsWith(kmsHostTree, value)) {
        const given = typeof args === "object" && path !== "" ? { ...valid.host, ...args } : args;
        assertDiagnostics(validate({ hosts: { kms: given } } as ProgramToValidate));
      }
      for (const [path, args] of argumentsWith(kmsClientGroupTree, value)) {
        const given = typeof args === "object" && path !== "" ? { ...valid.group, ...args } : args;
        assertDiagnostics(
          validate({ hosts: { kms: valid.host }, groups: { web: given } } as ProgramToValidate),
        );
      }
      const program = { hosts: value, groups: value, zones: value, resources: value, today: value };
      assertDiagnostics(validate({ ...program, azureCloud: value } as ProgramToValidate));
      assertDiagnostics(validate(value as ProgramToValidate));
      const args = { subnets: value, securityRules: [value], properties: value, srvRecords: value };
      for (const type of ["Subnet", "VirtualNetwork", "NetworkSecurityGroup", "RouteTable"]) {
        const resources = [{ type: `azure-native:network:${type}`, name: "one", args }, value];
        assertDiagnostics(
          validate({ hosts: { kms: valid.host }, zones: [value], resources } as ProgramToValidate),
        );
      }
    });
  }

  it("answers any program with diagnostics and throws nothing", () => {
    const program = fc.oneof(
      fc.record(
        {
          hosts: fc.oneof(fc.dictionary(fc.constantFrom("kms", "", "__proto__"), host), odd),
          groups: fc.oneof(fc.dictionary(fc.constantFrom("web", "constructor"), group), odd),
          zones: fc.oneof(fc.array(odd, { maxLength: 3 }), odd),
          resources: fc.oneof(fc.array(fc.oneof(resource, odd), { maxLength: 3 }), odd),
          today: odd,
          azureCloud: odd,
        },
        { requiredKeys: [] },
      ),
      odd,
    );
    fc.assert(
      fc.property(program, (given) => assertDiagnostics(validate(given as ProgramToValidate))),
      { numRuns: 2000, seed },
    );
  });
});

describe("components", () => {
  after(stopMocks);

  it("answer any arguments with diagnostics, and store nothing of those that they refuse", async () => {
    const declared: Declared[] = [];
    await recordDeclared(declared, { preview: true });
    const refused = new Set<string>();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(host, odd), fc.oneof(group, odd), async (hostArgs, groupArgs) => {
        number++;
        const components = [
          new KMSHost(`host-${number}`, hostArgs as never),
          new KMSClientGroup(`group-${number}`, groupArgs as never),
        ];
        for (const component of components) {
          const diagnostics = await valueOf(component.diagnostics);
          assertDiagnostics(diagnostics);
          if (diagnostics.some(({ severity }) => severity === "error")) {
            refused.add((await valueOf(component.urn)).split("::").at(-1)!);
          }
        }
      }),
      { numRuns: 300, seed },
    );
    await allDeclared();
    const stored = declared.filter(({ name }) => refused.has(name));
    assert.ok(stored.length > 200, `${stored.length}`);
    assert.deepEqual(
      stored.filter(({ inputs }) => Object.keys(inputs).length > 0),
      [],
    );
  });

  it("answer what cannot be read with diagnostics", async () => {
    await recordDeclared([], { preview: true });
    for (const value of Object.values(wrongValues).filter((one) => !isReadable(one))) {
      const components = [
        new KMSHost("all-of-it", value as never),
        new KMSHost("member", { ...valid.host, machine: value as never }),
        new KMSClientGroup("item", { ...valid.group, hosts: [value as never] }),
      ];
      for (const component of components) {
        const diagnostics = await valueOf(component.diagnostics);
        assert.match(diagnostics[0].message, /^KMS1003 .*an object that cannot be read is not allowed/);
      }
    }
    await allDeclared();
  });

  it("store nothing of arguments of the right shape that a rule refuses", async () => {
    const declared: Declared[] = [];
    await recordDeclared(declared, { preview: true });
    const adminUsername = "Passw0rd@wrong-place";
    const machine = { create: { ...create, adminUsername } };
    const key = { ...valid.host.key, productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K" };
    const host = new KMSHost("kms", { ...valid.host, key, machine });
    const group = new KMSClientGroup("web", {
      hosts: [host],
      os,
      edition: "Datacenter",
      machines: { create: { ...create, adminUsername, count: 5 } },
    });
    const codes = async (component: KMSHost | KMSClientGroup) =>
      (await valueOf(component.diagnostics))
        .filter(({ severity }) => severity === "error")
        .map(({ code, path }) => `${code} ${path}`);
    assert.deepEqual(await codes(host), ["KMS2131 machine.create.adminUsername"]);
    assert.deepEqual(await codes(group), ["KMS2131 machines.create.adminUsername", "KMS2222 hosts[0]"]);
    await allDeclared();
    assert.deepEqual(
      declared.map(({ name, inputs }) => [name, inputs]),
      [
        ["kms", {}],
        ["web", {}],
      ],
    );
  });
});
