import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { kmsHostTree } from "../../provider/component/argument-tree.generated";
import { checkArguments, registeredInputs } from "../../provider/component/checked-arguments";
import { attachFacts } from "../../provider/component/program";
import { componentOptions } from "../../provider/component/resource-options";
import { type ReviewedComponent, reviewComponent } from "../../provider/component/review";
import { kmsHostArgs } from "../../provider/component/validators.generated";
import type { KMSHostArgs } from "../../provider/host/args";
import type { KMSHostInputs } from "../../provider/host/inputs.generated";
import type { KMSHostValues } from "../../provider/rules/args.generated";
import { type Diagnostic, diagnostic } from "../../provider/rules/diagnostic";
import type { HostFacts } from "../../provider/rules/facts";
import { stopMocks } from "../declared-resources";
import { allowFailingPrograms } from "../failing-programs";
import { host } from "../rules/program";

type Reviewed = Omit<ReviewedComponent<KMSHostInputs, KMSHostValues, HostFacts>, "diagnostics"> & {
  diagnostics: Diagnostic[];
};

/** A reviewed component with everything that is reported of it. */
const complete = async (
  review: Promise<ReviewedComponent<KMSHostInputs, KMSHostValues, HostFacts>>,
): Promise<Reviewed> => {
  const reviewed = await review;
  return { ...reviewed, diagnostics: await reviewed.diagnostics };
};

const azureVmId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm";
const valid = { machine: { azureVmId }, readOnly: true };

const registered = (args: object) =>
  registeredInputs(
    checkArguments<KMSHostInputs, KMSHostValues>(args as KMSHostArgs, kmsHostTree, kmsHostArgs),
    kmsHostTree,
  );

class Component extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Component", name);
  }
}

describe("the review of a component", () => {
  let failures: unknown[] = [];

  allowFailingPrograms((reason) => failures.push(reason));
  beforeEach(async () => {
    failures = [];
    const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };
    await pulumi.runtime.setMocks(mocks, "project", "stack", true, "organization");
  });
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
    stopMocks();
  });

  const warning = diagnostic("KMS2209", "warning", "hosts", { given: 51, host: "kms", allowed: 50 });
  const review = (
    args: object,
    found: Diagnostic[] = [],
    changes: {
      opts?: pulumi.ComponentResourceOptions;
      joined?: string[];
      inputs?: pulumi.Inputs;
      leavesTraces?: boolean;
    } = {},
  ): Promise<Reviewed> =>
    complete(
      reviewComponent(new Component("kms"), {
        kind: "KMSHost",
        opts: changes.opts ?? {},
        inputs: changes.inputs ?? registered(args),
        facts: ({ values, unknown }) => ({ name: "kms", args: values, unknown }),
        join: (program, facts) => {
          changes.joined?.push(facts.name);
          program.addHost(facts);
        },
        rules: (_facts, _program, reach) => (reach === "own" ? found : []),
        usesAzure: () => false,
        leavesTraces: () => changes.leavesTraces === true,
      }),
    );
  const brief = ({ diagnostics }: Reviewed) =>
    diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`);

  it("is passed where nothing is wrong, and adds the facts to the program", async () => {
    const joined: string[] = [];
    const reviewed = await review(valid, [], { joined });
    assert.deepEqual([reviewed.valid, reviewed.diagnostics, joined], [true, [], ["kms"]]);
    assert.deepEqual(reviewed.facts?.args, valid);
  });

  it("applies no rule where the shape of the arguments is wrong, and makes the program fail", async () => {
    const joined: string[] = [];
    const reviewed = await review({ ...valid, port: 0 }, [warning], { joined });
    assert.deepEqual(brief(reviewed), ["error KMS1003 port"]);
    assert.deepEqual([reviewed.valid, reviewed.facts, joined], [false, undefined, []]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(failures.length, 1);
    assert.match(String(failures[0]), /KMS2302/);
  });

  it("makes the program fail once, however many of its components have errors", async () => {
    const error = diagnostic("KMS2241", "error", "hosts");
    const [first, second] = await Promise.all([review(valid, [error]), review(valid, [error])]);
    assert.deepEqual([first.valid, second.valid], [false, false]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(failures.length, 1);
  });

  it("includes resource options that Pulumi does not apply", async () => {
    const opts = {
      import: "id",
      ignoreChanges: ["port"],
      replaceOnChanges: ["*"],
      replacementTrigger: 1,
      replaceWith: [],
      deleteBeforeReplace: true,
      customTimeouts: { create: "1h" },
      additionalSecretOutputs: ["fqdn"],
      hideDiffs: ["tags"],
    } as pulumi.ComponentResourceOptions;
    assert.deepEqual(brief(await review(valid, [], { opts })), [
      "error KMS1010 import",
      "warning KMS1011 ignoreChanges",
      "warning KMS1011 replaceOnChanges",
      "warning KMS1011 replacementTrigger",
      "warning KMS1011 replaceWith",
      "warning KMS1011 deleteBeforeReplace",
      "warning KMS1011 customTimeouts",
      "warning KMS1011 additionalSecretOutputs",
      "warning KMS1011 hideDiffs",
    ]);
  });

  it("warns of a host that goes with another resource and leaves its records and its entry behind", async () => {
    const opts = { deletedWith: new Component("group") };
    assert.deepEqual(brief(await review(valid, [], { opts, leavesTraces: true })), [
      "warning KMS1016 deletedWith",
    ]);
    assert.deepEqual(brief(await review(valid, [], { opts })), [], "nobody's records are to be removed");
  });

  it("keeps what only a preview finds out of the output where it is information, so that plans hold", async () => {
    const ending = { ending: "N2W2K", given: 5, allowed: 6, first: "", empty: "" };
    const left = diagnostic("KMS6020", "info", "key.productKey", ending);
    const low = diagnostic("KMS6021", "warning", "key.productKey", {
      machine: "kms",
      given: 1,
      ending: "N2W2K",
    });
    assert.deepEqual(brief(await review(valid, [left, low])), ["warning KMS6021 key.productKey"]);
  });

  it("leaves options alone that children inherit, or that generated packages set", async () => {
    const opts = { protect: true, retainOnDelete: true, version: "1.0.0", aliases: [], hooks: {} };
    assert.deepEqual(brief(await review(valid, [], { opts })), []);
  });

  it("refuses id, by which Pulumi reads resources and no components", () => {
    assert.throws(
      () => componentOptions({ id: "vm" }, "KMSHost"),
      /^Error: KMS1010 id: a KMSHost is a component/,
    );
    const opts = { protect: true };
    assert.equal(componentOptions(opts, "KMSHost"), opts);
    assert.equal(componentOptions(undefined, "KMSHost"), undefined);
  });

  it("says of what is missing that the program names it and leaves it undefined", async () => {
    const missing = diagnostic("KMS1004", "error", "machine", { allowed: "azureVmId or fqdn" });
    const [first] = (
      await review({ machine: { azureVmId: pulumi.output(undefined) }, readOnly: true }, [missing])
    ).diagnostics;
    assert.equal(
      first.message,
      "KMS1004 machine: no machine is specified. Specify azureVmId or fqdn. machine.azureVmId is named in the program, but undefined: check the configuration or the output that it comes from.",
    );
  });

  it("follows strict of the arguments, else of the stack's configuration", async () => {
    assert.deepEqual(brief(await review(valid, [warning])), ["warning KMS2209 hosts"]);
    pulumi.runtime.setAllConfig({ "windows-kms:strict": "true" });
    const strict = await review(valid, [warning]);
    assert.deepEqual([brief(strict), strict.valid], [["error KMS2209 hosts"], false]);
    assert.deepEqual(brief(await review({ ...valid, strict: false }, [warning])), ["warning KMS2209 hosts"]);
    pulumi.runtime.setAllConfig({});
    assert.deepEqual(brief(await review({ ...valid, strict: true }, [warning])), ["error KMS2209 hosts"]);
  });

  it("acknowledges diagnostics with the reason that the arguments give", async () => {
    const acknowledge = [{ code: pulumi.output("KMS2209"), reason: "a lab" }];
    const reviewed = await review({ ...valid, strict: true, acknowledge }, [warning]);
    assert.deepEqual([brief(reviewed), reviewed.valid], [["info KMS2209 hosts"], true]);
    assert.match(reviewed.diagnostics[0].message, /\(acknowledged: a lab\)$/);
  });

  it("lets the engine store the inputs that it accepts, and no others", async () => {
    const accepted = registered(valid);
    await review(valid, [], { inputs: accepted });
    assert.deepEqual([await accepted.machine, await accepted.readOnly], [valid.machine, true]);
    const mistyped = registered({ ...valid, readOnyl: true });
    await review({}, [], { inputs: mistyped });
    const refused = registered(valid);
    await review({}, [{ ...warning, severity: "error" }], { inputs: refused });
    for (const inputs of [mistyped, refused]) {
      assert.deepEqual([await inputs.machine, await inputs.readOnly], [undefined, undefined]);
    }
  });

  it("is failed by a host among the arguments that has errors, without a diagnostic of its own", async () => {
    const kms = new Component("host");
    const checked = checkArguments<KMSHostInputs, KMSHostValues>(valid, kmsHostTree, kmsHostArgs);
    const withHost = (facts: Promise<HostFacts | undefined>) => {
      const resource = new Component("host");
      attachFacts(resource, facts);
      return complete(
        reviewComponent(kms, {
          kind: "KMSClientGroup",
          opts: {},
          inputs: registeredInputs(
            checked.then((all) => ({ ...all, resources: new Map([["hosts[0]", resource]]) })),
            kmsHostTree,
          ),
          facts: ({ values, unknown }) => ({ name: "web", args: values, unknown }),
          join: () => undefined,
          rules: () => [],
          usesAzure: () => false,
        }),
      );
    };
    const passed = await withHost(Promise.resolve(host()));
    assert.deepEqual([passed.valid, passed.diagnostics], [true, []]);
    const failed = await withHost(Promise.resolve(undefined));
    assert.deepEqual([failed.valid, failed.diagnostics], [false, []]);
  });

  it("waits for the resources that the program declares after it", async () => {
    const seen: number[] = [];
    const reviewOf = (name: string) =>
      reviewComponent(new Component(name), {
        kind: "KMSHost",
        opts: {},
        inputs: registered(valid),
        facts: ({ values, unknown }): HostFacts => ({ name, args: values, unknown }),
        join: (program, facts) => program.addHost(facts),
        rules: (_, program, reach) => {
          if (reach === "own") {
            seen.push([...program.hosts()].length);
          }
          return [];
        },
        usesAzure: () => false,
      });
    await Promise.all(["a", "b", "c"].map(reviewOf));
    assert.deepEqual(seen, [3, 3, 3]);
  });
});
