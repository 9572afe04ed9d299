import assert from "node:assert/strict";
import type { ResourceValidationArgs, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { enginePolicy } from "../../provider/policy/engine-policy";
import type { AnyKmsPolicy } from "../../provider/policy/policies";

const context = { today: "2026-11-25", defaultLedger: "", sharedBackend: false };
const policy = (scope: "resource" | "stack", seen: unknown[]): AnyKmsPolicy => ({
  name: "example",
  description: "An example.",
  enforcementLevel: "advisory",
  scope,
  schema: {
    type: "object",
    additionalProperties: false,
    properties: { most: { type: "integer", default: 3 } },
  },
  review(resources, parameters, given) {
    seen.push({ resources, parameters, given });
    return resources.map(({ urn, values }) => ({ urn, message: JSON.stringify(values) }));
  },
});

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
  unknownPaths: new Set(),
});

describe("policy in the engine's terms", () => {
  it("reviews resources one by one, with defaults and configuration", () => {
    const seen: unknown[] = [];
    const messages: string[] = [];
    const { validateResource, configSchema } = enginePolicy(policy("resource", seen), context);
    assert.deepEqual(configSchema, { properties: { most: { type: "integer", default: 3 } } });
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
});
