import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { argumentDiagnostics } from "../../provider/component/argument-diagnostics";
import { kmsHostTree } from "../../provider/component/argument-tree.generated";
import { openArguments } from "../../provider/component/open-arguments";
import { kmsHostArgs } from "../../provider/component/validators.generated";
import type { Diagnostic } from "../../provider/rules/diagnostic";

const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<never>;
const keyGroup = "Volume License for Windows Server 2022";
const productKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";
const azureVmId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm";
const host = { key: { keyGroup, productKey }, machine: { azureVmId } };

const check = async (args: unknown): Promise<Diagnostic[]> =>
  argumentDiagnostics(kmsHostArgs, await openArguments(args, kmsHostTree));
const checkHost = (changes: object) => check({ ...host, ...changes });
const messages = (diagnostics: Diagnostic[]) => diagnostics.map(({ message }) => message);

describe("diagnostics of secrets", () => {
  it("show neither a declared secret nor a product key in another place", async () => {
    const create = { resourceGroupName: "rg", subnetId: unknown, adminPassword: "shrt-pw" };
    const text = messages(
      await checkHost({ machine: { create }, activation: productKey, key: { keyGroup, productKey: 5 } }),
    ).join("\n");
    assert.match(text, /adminPassword: a text of 7 characters is not allowed/);
    assert.match(text, /activation: a text of 29 characters is not allowed/);
    assert.match(text, /key\.productKey: a number is not allowed/);
    assert.ok(!text.includes("shrt-pw") && !text.includes(productKey));
  });

  it("show no name that stands in a secret object, but the argument that it may mean", async () => {
    assert.deepEqual(
      messages(await checkHost({ key: pulumi.secret({ keyGrup: "secret-value", keyGroup }) })),
      [
        "KMS1001 key: one of the names in this secret is not an argument here. Remove it, or use one of: ledger, activationsSpent, hostLimitException, keyGroup, productKey. Did you mean keyGroup?",
      ],
    );
    assert.deepEqual(messages(await checkHost({ tags: pulumi.secret({ "hidden-name": 5 }) })), [
      "KMS1003 tags: a number is not allowed. Specify a text.",
    ]);
  });

  it("never show what came as a secret, wherever it stands", async () => {
    const secretText = fc.uuid().map((id) => `secret-${id}`);
    const secretValue = fc.oneof(
      secretText,
      fc.array(secretText, { maxLength: 5 }),
      fc.dictionary(secretText, secretText, { maxKeys: 3 }),
      fc.record({ keyGroup: secretText, zoneName: secretText, host: secretText }, { requiredKeys: [] }),
    );
    const names = [...Object.keys(kmsHostTree.members), "typo", "adminPasword"];
    const around = (value: unknown): fc.Arbitrary<unknown> =>
      fc.constantFrom(
        value,
        pulumi.output(value),
        [value],
        { secret: value },
        { create: { adminPassword: value, typo: value } },
        [{ dynamicUpdate: { servers: [value], tsig: value } }],
        { network: { dnsServers: value, outbound: value }, image: value },
      );
    await fc.assert(
      fc.asyncProperty(
        secretValue.chain((value) => around(pulumi.secret(value))),
        fc.constantFrom(...names),
        async (given, name) => {
          const text = messages(await checkHost({ [name]: given })).join("\n");
          assert.doesNotMatch(text, /secret-[0-9a-f]/);
        },
      ),
      { numRuns: 400, seed: 14 },
    );
  });
});

describe("diagnostics of any input", () => {
  it("are diagnostics, never a failure of our own", async () => {
    const leaf = fc.oneof(
      fc.anything(),
      fc.anything().map((value) => pulumi.output(Promise.resolve(value))),
      fc.constant(unknown),
    );
    const args = fc.dictionary(
      fc.oneof(
        fc.constantFrom(...Object.keys(kmsHostTree.members), "__proto__", "constructor", "toString"),
        fc.string(),
      ),
      fc.oneof(
        leaf,
        fc.array(leaf, { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("create", "ssh", "keyGroup", "x"), leaf),
      ),
      { maxKeys: 5 },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(args, fc.anything()), async (given) => {
        for (const { code, message } of await check(given)) {
          assert.match(code, /^KMS10\d\d$/);
          assert.ok(message.startsWith(code));
        }
      }),
      { numRuns: 400, seed: 14 },
    );
  });
});
