import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { kmsClientGroupTree, kmsHostTree } from "../../../provider/component/argument-tree.generated";
import { checkArguments } from "../../../provider/component/checked-arguments";
import { validate } from "../../../provider/component/validate";
import { kmsClientGroupArgs, kmsHostArgs } from "../../../provider/component/validators.generated";
import { createGroupChildren } from "../../../provider/group/children";
import type { KMSClientGroupInputs } from "../../../provider/group/inputs.generated";
import { createHostChildren } from "../../../provider/host/children";
import type { KMSHostInputs } from "../../../provider/host/inputs.generated";
import { armClients } from "../../../provider/lab/azure-native/arm-clients";
import { checkInputs } from "../../../provider/lab/azure-native/check";
import { createResource } from "../../../provider/lab/azure-native/crud";
import { type Properties, resourceTypes } from "../../../provider/lab/azure-native/resource-types";
import type { KMSClientGroupValues, KMSHostValues } from "../../../provider/rules/args.generated";
import { labKey } from "../../rules/program";
import { allDeclared, stopMocks } from "../../declared-resources";
import { type Arm, createNetwork, startArm } from "./arm-fixture";
import { subscriptionId } from "./arm-names";
import { saidOf } from "./foreseen-refusals";
import {
  adminPassword,
  adminUsername,
  choices,
  clientPrefixes,
  computerName,
  location,
  name,
  osDiskType,
  size,
  system,
  tags,
} from "./generated-arguments";

/** `PROPERTY_SEED` makes other arguments, `PROPERTY_RUNS` so many times as many of them. */
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_129);
const numRuns = 60 * Number(process.env.PROPERTY_RUNS ?? 1);

/** Without members that are undefined. */
const given = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

describe("arguments that the preview accepts", () => {
  let arm: Arm;
  const refusals: string[] = [];
  /** Makes the names in Azure different, as the engine's random seed does. */
  let sent = 0;
  before(async () => {
    arm = await startArm();
  });
  after(async () => {
    stopMocks();
    await arm.close();
  });

  /** Sends what the program declares of azure-native to the lab; other resources are there at once. */
  async function sendToLab(): Promise<void> {
    const target = {
      subscriptionId,
      clients: armClients(arm.endpoint, subscriptionId),
      signal: new AbortController().signal,
    };
    const send = async (
      token: string,
      resource: string,
      inputs: Properties,
    ): Promise<pulumi.runtime.MockResourceResult> => {
      const type = resourceTypes.find((one) => one.token === token);
      if (type === undefined) {
        return { id: resource, state: inputs };
      }
      sent++;
      const urn = `urn:pulumi:dev::test::${token}::${resource}`;
      const randomSeed = new TextEncoder().encode(String(sent));
      const unwrapped = withoutSecrets(inputs) as Properties;
      try {
        const checked = await checkInputs(
          { ...target, location: "westeurope" },
          { urn, randomSeed },
          {},
          unwrapped,
        );
        const { id, outputs } = await createResource(target, type, checked.inputs);
        return { id, state: { ...inputs, ...outputs, osProfile: unwrapped.osProfile } };
      } catch (error) {
        refusals.push(codeOf(error));
        return { id: `/refused/${resource}`, state: inputs };
      }
    };
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name: resource, inputs }) => send(type, resource, inputs as Properties),
        call: () => ({}),
      },
      "test",
      "dev",
      false,
    );
  }

  /** What the lab refuses of a resource's children, by code, in spite of what the preview says. */
  async function refusedChildren(declare: () => Promise<unknown>): Promise<string[]> {
    refusals.splice(0);
    await sendToLab();
    await declare();
    await allDeclared();
    // What depends on a refused resource is refused for that reason alone.
    return refusals.filter((code, place) => place === 0 || code !== "LinkedInvalidPropertyId");
  }

  const parent = (logicalName: string) => new pulumi.ComponentResource("test:index:Parent", logicalName);
  const errors = (diagnostics: readonly { severity: string; code: string; message: string }[]) =>
    diagnostics.filter(({ severity }) => severity === "error");

  function assertForeseen(refused: string[], said: { code: string; message: string }[]): void {
    const first = refused[0];
    if (first !== undefined) {
      const foreseen = said.some(({ code }) => (saidOf[first] ?? []).includes(code));
      assert.ok(foreseen, `${first} is not foreseen by ${said.map(({ message }) => message).join("\n")}`);
    }
    const ofAzure = said.filter(({ code }) => code !== "KMS2102" && azureCodes.has(code));
    assert.ok(first !== undefined || ofAzure.length === 0, ofAzure.map(({ message }) => message).join("\n"));
    outcomes[first === undefined ? "accepted" : "refused"]++;
  }

  const outcomes = { accepted: 0, refused: 0 };
  beforeEach(() => Object.assign(outcomes, { accepted: 0, refused: 0 }));
  afterEach(() => assert.ok(outcomes.accepted > 10 && outcomes.refused > 10, JSON.stringify(outcomes)));

  it("are accepted by Azure for a KMS host, and what Azure refuses is said at preview", async () => {
    const subnetId = await createNetwork(arm, "hosts", "10.1");
    const create = fc.record({
      resourceGroupName: fc.constant("rg"),
      adminUsername,
      adminPassword,
      size,
      location,
      osDiskType,
      computerName,
      ...choices,
    });
    await fc.assert(
      fc.asyncProperty(
        name,
        create,
        clientPrefixes,
        tags,
        system,
        async (logicalName, made, prefixes, tagged, { declared, core }) => {
          const args = {
            key: { keyGroup: "Volume License for Windows Server 2022", productKey: labKey },
            ...declared,
            machine: { create: given({ ...made, core, subnetId }) },
            clientPrefixes: prefixes,
            tags: tagged,
          } as KMSHostValues;
          const said = errors(validate({ hosts: { [logicalName]: args } }));
          const checked = await checkArguments<KMSHostInputs, KMSHostValues>(args, kmsHostTree, kmsHostArgs);
          if (checked.diagnostics.length > 0) {
            return;
          }
          const refused = await refusedChildren(async () =>
            createHostChildren(logicalName, checked, Promise.resolve([]), parent(logicalName)),
          );
          assertForeseen(refused, said);
        },
      ),
      { numRuns, seed },
    );
  });

  it("are accepted by Azure for machines and scale sets of a group, and what Azure refuses is said at preview", async () => {
    const subnetId = await createNetwork(arm, "clients", "10.2");
    const create = fc.record({
      resourceGroupName: fc.constant("rg"),
      adminUsername,
      adminPassword,
      size,
      location,
      osDiskType,
      ...choices,
    });
    const machines = fc.oneof(
      create.map((made) => ({ create: given({ ...made, count: 1 }) })),
      fc
        .tuple(
          create,
          fc.constantFrom("Flexible" as const, "Uniform" as const),
          fc.constantFrom("farm", undefined),
        )
        .map(([made, orchestrationMode, setName]) => ({
          scaleSet: given({ ...made, capacity: 0, orchestrationMode, name: setName }),
        })),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        name,
        machines,
        tags,
        system,
        async (logicalName, made, tagged, { declared, core }) => {
          number++;
          const source =
            "create" in made
              ? { create: { ...made.create, core, subnetId } }
              : {
                  scaleSet: {
                    ...made.scaleSet,
                    core,
                    subnetId,
                    ...("name" in made.scaleSet && made.scaleSet.name && { name: `farm-${number}` }),
                  },
                };
          const args = {
            ...declared,
            azureKms: true,
            machines: source,
            tags: tagged,
          } as KMSClientGroupValues;
          const said = errors(validate({ groups: { [logicalName]: args } }));
          const checked = await checkArguments<KMSClientGroupInputs, KMSClientGroupValues>(
            args,
            kmsClientGroupTree,
            kmsClientGroupArgs,
          );
          if (checked.diagnostics.length > 0) {
            return;
          }
          const { inputs, values } = checked;
          const refused = await refusedChildren(() =>
            createGroupChildren(
              {
                name: logicalName,
                inputs,
                values,
                hosts: [],
                strict: false,
                isSecret: () => false,
                findings: Promise.resolve([]),
              },
              parent(logicalName),
            ),
          );
          assertForeseen(refused, said);
        },
      ),
      { numRuns, seed },
    );
  });
});

/** The preview says these of what Azure refuses and of nothing else, but for KMS2102, which is about the Internet. */
const azureCodes = new Set(Object.values(saidOf).flat());

function codeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string }; message: string };
  return cause?.code ?? /^KMS\d{4}/.exec(message)?.[0] ?? message;
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  return (value as Record<string, unknown>)[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig
    ? withoutSecrets((value as { value: unknown }).value)
    : Object.fromEntries(entries.map(([key, member]) => [key, withoutSecrets(member)]));
}
