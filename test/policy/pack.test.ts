import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy";
import type { ResourceValidationArgs, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { enginePolicy } from "../../provider/policy/pack";
import type { KmsPolicy } from "../../provider/policy/policy";

/** What the policy server wraps properties in; its types leave it out. */
const { unknownCheckingProxy, unknownStringValue } = proxy as unknown as {
  unknownCheckingProxy(props: object): Record<string, unknown>;
  unknownStringValue: string;
};

const context = { today: "2026-11-25", isSharedBackend: () => false };
const policy = (scope: "resource" | "stack", seen: unknown[]): KmsPolicy => ({
  name: "example",
  description: "An example.",
  enforcementLevel: "advisory",
  scope,
  parameters: { most },
  review(resources, values, given) {
    seen.push({ resources, parameters: values, given });
    return resources.map((one) => ({ urn: one.urn, message: JSON.stringify(one.values) }));
  },
});

const most = { type: "integer", minimum: 0, default: 3, description: "The most." } as const;

const resource = (name: string, props: object, config: object = {}) =>
  ({
    urn: `urn:${name}`,
    type: "t",
    name,
    props,
    opts: { protect: false },
    getConfig: () => config,
  }) as unknown as ResourceValidationArgs;

const plain = (name: string, values: object, dependencies: object = {}) => ({
  urn: `urn:${name}`,
  type: "t",
  name,
  parent: undefined,
  protect: false,
  dependencies,
  values,
  unknown: new Set(),
  outputs: {},
});

describe("policy in the engine's terms", () => {
  it("reviews resources one by one, with defaults and configuration", () => {
    const seen: unknown[] = [];
    const messages: string[] = [];
    const { validateResource, configSchema } = enginePolicy(policy("resource", seen), context);
    assert.deepEqual(configSchema, { properties: { most } });
    assert.ok(typeof validateResource === "function");
    void validateResource(resource("a", { x: 1 }), (message) => messages.push(message));
    void validateResource(resource("b", {}, { most: 5 }), (message) => messages.push(message));
    assert.deepEqual(seen, [
      { resources: [plain("a", { x: 1 })], parameters: { most: 3 }, given: context },
      { resources: [plain("b", {})], parameters: { most: 5 }, given: context },
    ]);
    assert.deepEqual(messages, ['{"x":1}', "{}"]);
  });

  it("reviews a stack by the inputs of its resources and what they depend on", () => {
    const seen: unknown[] = [];
    const reported: unknown[] = [];
    const made = enginePolicy(policy("stack", seen), context);
    assert.ok(typeof made.validateResource === "function");
    void made.validateResource(resource("a", { x: 1 }), assert.fail);
    void made.validateResource(resource("b", { y: "of a" }), assert.fail);
    const outputs = [
      { urn: "urn:b", props: {}, propertyDependencies: { y: [{ urn: "urn:a" }] } },
      { urn: "urn:read", props: { z: 1 }, propertyDependencies: {} },
    ];
    const args = { resources: outputs, getConfig: () => ({}) } as unknown as StackValidationArgs;
    void (made as StackValidationPolicy).validateStack(args, (message, urn) => reported.push([urn, message]));
    assert.deepEqual(seen, [
      {
        resources: [plain("a", { x: 1 }), plain("b", { y: "of a" }, { y: ["urn:a"] })],
        parameters: { most: 3 },
        given: context,
      },
    ]);
    assert.deepEqual(reported, [
      ["urn:a", '{"x":1}'],
      ["urn:b", '{"y":"of a"}'],
    ]);
  });

  it("reviews a stack by the outputs of the package's components, as far as they are known", () => {
    const seen: unknown[] = [];
    const made = enginePolicy(policy("stack", seen), context);
    assert.ok(typeof made.validateResource === "function");
    const kms = { ...resource("kms", {}), type: "windows-kms:index:KMSHost" };
    void made.validateResource(kms, assert.fail);
    void made.validateResource(resource("a", {}), assert.fail);
    const diagnostics = [{ code: "KMS2104", severity: "warning" }];
    const outputs = [
      { urn: "urn:kms", props: unknownCheckingProxy({ diagnostics, fqdn: unknownStringValue }) },
      { urn: "urn:a", props: { z: 1 } },
    ];
    const args = { resources: outputs, getConfig: () => ({}) } as unknown as StackValidationArgs;
    void (made as StackValidationPolicy).validateStack(args, () => undefined);
    const [{ resources }] = seen as { resources: { outputs: object }[] }[];
    assert.deepEqual(
      resources.map((one) => one.outputs),
      [{ diagnostics }, {}],
    );
  });
});
