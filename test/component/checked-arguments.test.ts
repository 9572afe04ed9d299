import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { kmsHostTree } from "../../provider/component/argument-tree.generated";
import {
  checkArguments,
  checkedArguments,
  decideInputs,
  registeredInputs,
} from "../../provider/component/checked-arguments";
import { kmsHostArgs } from "../../provider/component/validators.generated";
import { type Declared, recordDeclared, stopMocks } from "../declared-resources";

const keyGroup = "Volume License for Windows Server 2022";
const productKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";
const machine = {
  azureVmId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm",
};

/** A component that registers its arguments once they are checked, as both classes of the package do. */
class Component extends pulumi.ComponentResource<string[]> {
  constructor(name: string, args: unknown) {
    const checked = checkArguments(args, kmsHostTree, kmsHostArgs);
    super("windows-kms:index:KMSHost", name, registeredInputs(checked, kmsHostTree));
  }

  protected override async initialize(inputs: pulumi.Inputs): Promise<string[]> {
    const { diagnostics } = await checkedArguments(inputs);
    decideInputs(inputs, diagnostics.length === 0);
    return diagnostics.map(({ code }) => code);
  }

  codes(): Promise<string[]> {
    return this.getData();
  }
}

describe("registered inputs of a component", () => {
  const declared: Declared[] = [];
  before(() => recordDeclared(declared));
  after(stopMocks);
  beforeEach(() => declared.splice(0));

  /** What the engine gets to store, and the diagnostics that `initialize` sees. */
  async function registered(args: unknown) {
    const component = new Component("kms", args);
    await new Promise((resolve) => component.urn.apply(resolve));
    const [stored] = declared;
    return { stored: stored?.inputs ?? {}, codes: await component.codes() };
  }

  const secret = (value: unknown) => ({
    [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
    value,
  });

  /** The arguments as they are sent to the engine. */
  function sent(args: unknown): Promise<Record<string, unknown>> {
    const inputs = registeredInputs(checkArguments(args, kmsHostTree, kmsHostArgs), kmsHostTree);
    decideInputs(inputs, true);
    return pulumi.runtime.serializeProperties("", inputs);
  }

  it("are the arguments, with each secret marked and nothing else", async () => {
    const args = { key: { keyGroup, productKey }, machine, port: pulumi.output(1689) };
    assert.deepEqual(await sent(args), {
      key: { keyGroup, productKey: secret(productKey) },
      machine,
      port: 1689,
    });
    const { stored, codes } = await registered(args);
    assert.deepEqual(codes, []);
    // Pulumi's mocks are handed a whole object as a secret where a member is one.
    assert.deepEqual(stored, { key: secret({ keyGroup, productKey }), machine, port: 1689 });
  });

  it("keep a secret object secret in each of its members", async () => {
    const key = { keyGroup: secret(keyGroup), productKey: secret(productKey) };
    assert.deepEqual(await sent({ key: pulumi.secret({ keyGroup, productKey }), machine }), { key, machine });
  });

  it("are none where an argument is wrong: a mistyped name may have a password behind it", async () => {
    const { stored, codes } = await registered({
      key: { keyGroup, productKey },
      machine: { create: { resourceGroupName: "rg", adminPasword: "never-stored" } },
      password: "never-stored",
    });
    assert.deepEqual(codes, ["KMS1001", "KMS1002", "KMS1002", "KMS1001"]);
    assert.deepEqual(stored, {});
  });

  it("are none for what is no object of arguments", async () => {
    for (const args of [undefined, null, [], "never-stored", 7]) {
      const { stored, codes } = await registered(args);
      assert.deepEqual(stored, {});
      assert.notDeepEqual(codes, []);
      declared.splice(0);
    }
  });

  it("belong to one component: others are refused", () => {
    assert.throws(() => checkedArguments({}), TypeError);
  });
});
