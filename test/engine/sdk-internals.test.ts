import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  logicalName,
  outputMember,
  outputResources,
  outputState,
  resourceType,
  transformEveryProgram,
} from "../../provider/engine/sdk-internals";
import { type Declared, recordDeclared, stopMocks } from "../declared-resources";

const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<unknown>;

describe("what the package uses of the SDK beside its interface", () => {
  it("tells the value of an Output, whether it is known, and whether it is a secret", async () => {
    assert.deepEqual(await outputState(pulumi.output(1)), { value: 1, known: true, secret: false });
    assert.deepEqual(await outputState(pulumi.secret("s")), { value: "s", known: true, secret: true });
    assert.deepEqual(await outputState(unknown), { value: undefined, known: false, secret: false });
    assert.deepEqual(await outputState(pulumi.secret(unknown)), {
      value: undefined,
      known: false,
      secret: true,
    });
    assert.deepEqual(await outputState(unknown.apply(() => 1)), {
      value: undefined,
      known: false,
      secret: false,
    });
  });

  it("knows what is known of a value in parts", async () => {
    const { value, known } = await outputState(pulumi.output({ a: 1, b: unknown, c: [unknown, 2] }));
    const { a, b, c } = value as { a: unknown; b: unknown; c: unknown[] };
    assert.equal(known, true);
    assert.deepEqual([a, pulumi.isUnknown(b), pulumi.isUnknown(c[0]), c[1]], [1, true, true, 2]);
  });

  it("takes a member of an Output, known among others that are not, of any name, and as secret as the whole", async () => {
    const whole = pulumi.secret({ apply: "a", b: unknown, list: ["x"] });
    assert.deepEqual(await outputState(outputMember(whole, "apply")), {
      value: "a",
      known: true,
      secret: true,
    });
    assert.equal((await outputState(outputMember(whole, "b"))).known, false);
    assert.deepEqual((await outputState(outputMember(outputMember(whole, "list"), 0))).value, "x");
    assert.equal((await outputState(outputMember(unknown, "a"))).known, false);
  });

  it("keeps the resources that an Output depends on", async () => {
    const resource = { __pulumiResource: true } as unknown as pulumi.Resource;
    const Output = pulumi.Output as unknown as new (...given: unknown[]) => pulumi.Output<unknown>;
    const [yes, no] = [Promise.resolve(true), Promise.resolve(false)];
    const output = new Output(
      [resource],
      Promise.resolve({ a: 1 }),
      yes,
      no,
      Promise.resolve(new Set([resource])),
    );
    const member = outputMember(output, "a") as unknown as { allResources(): Promise<Set<pulumi.Resource>> };
    assert.deepEqual([...(await member.allResources())], [resource]);
    assert.deepEqual(outputResources(output), [resource]);
    assert.deepEqual(outputResources(outputMember(output, "a")), [resource]);
    assert.deepEqual(outputResources(pulumi.output(1)), []);
  });

  it("sees each resource of a program with a transformation that was there before it", async () => {
    const seen: string[][] = [[], []];
    seen.forEach((names) =>
      transformEveryProgram(({ name }) => {
        names.push(name);
        return undefined;
      }),
    );
    await recordDeclared([]);
    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(() => undefined);
      await Promise.resolve(new pulumi.ComponentResource("test:index:Component", "one"));
      return {};
    });
    stopMocks();
    for (const names of seen) {
      assert.deepEqual(names, ["project-stack", "one"]);
    }
  });

  describe("of resources", () => {
    const declared: Declared[] = [];
    before(() => recordDeclared(declared));
    after(stopMocks);

    it("tells type and name", () => {
      const resource = new pulumi.ComponentResource("windows-kms:index:Thing", "one");
      assert.equal(resourceType(resource), "windows-kms:index:Thing");
      assert.equal(logicalName(resource), "one");
    });
  });
});
