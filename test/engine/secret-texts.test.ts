import assert from "node:assert/strict";
import { PartialFailure } from "../../provider/engine/handler";
import { withoutSecretsOfWork, withSecretsHidden } from "../../provider/engine/secret-texts";
import { create } from "../../provider/handlers";
import { groupInputs } from "../group/group-inputs";
import { printedOf } from "../host/printed-of";
import { type Arm, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";

const endpointVariable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";

describe("texts that came as secrets, in the work of handlers", () => {
  it("are hidden in any case, the longest first, and only while that work goes on", async () => {
    const props = { secretTexts: ["web-1", "web-1.corp.example"] };
    const said = await withSecretsHidden([undefined, props], async () => {
      await Promise.resolve();
      return withoutSecretsOfWork("WEB-1.corp.example and web-1");
    });
    assert.equal(said, "[secret] and [secret]");
    assert.equal(withoutSecretsOfWork("web-1"), "web-1");
    assert.equal(
      withSecretsHidden([{ secretTexts: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" as never }], () => "as it is"),
      "as it is",
    );
  });

  it("are hidden in errors, with their causes, stacks and reasons", async () => {
    const props = { secretTexts: ["hidden-name"] };
    const cause = new Error("no answer from hidden-name");
    const failure = new PartialFailure("id", {}, new Error("hidden-name failed", { cause }));
    for (const work of [
      () => Promise.reject(failure),
      () => {
        throw failure;
      },
    ]) {
      const error = await Promise.resolve()
        .then(() => withSecretsHidden([props], work))
        .then(
          () => assert.fail("it does not fail"),
          (thrown: PartialFailure) => thrown,
        );
      const { message, stack, reasons } = error;
      const causes = error.cause as Error;
      assert.deepEqual([message, reasons], ["[secret] failed", ["[secret] failed"]]);
      assert.equal((causes.cause as Error).message, "no answer from [secret]");
      assert.doesNotMatch(`${stack} ${causes.stack}`, /hidden-name/);
    }
  });

  describe("on a lab", () => {
    const endpointBefore = process.env[endpointVariable];
    let arm: Arm;
    beforeEach(async () => {
      arm = await startArm();
      process.env[endpointVariable] = arm.endpoint;
      await createNetwork(arm);
    });
    afterEach(async () => {
      if (endpointBefore === undefined) {
        delete process.env[endpointVariable];
      } else {
        process.env[endpointVariable] = endpointBefore;
      }
      await arm.close();
    });

    it("do not stand in what a rollout prints; the state keeps them for the next run", async () => {
      const azureVmId = idOf("Microsoft.Compute/virtualMachines/hidden-vm");
      const inputs = {
        ...groupInputs("kms", { hosts: [] }),
        kind: "ClientActivation" as const,
        machines: [{ name: "hidden-vm", azureVmId }],
        secretTexts: ["hidden-vm"],
      };
      const { printed, error, result } = await printedOf(() => create(inputs as never));
      assert.equal(error, undefined);
      assert.match(printed, /web: Unreachable {2}1 {2}\[secret\]/);
      assert.doesNotMatch(printed, /hidden-vm/);
      const stored = result?.outs as { members: { name: string; error: string }[]; secretTexts: string[] };
      assert.deepEqual(
        stored.members.map(({ name }) => name),
        ["hidden-vm"],
      );
      assert.deepEqual(stored.secretTexts, ["hidden-vm"]);
    });
  });
});
