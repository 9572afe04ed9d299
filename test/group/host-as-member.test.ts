import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { check, diff } from "../../provider/handlers";
import { idOf } from "../lab/arm/arm-names";
import { groupInputs } from "./group-inputs";

const unknown = pulumi.runtime.unknownValue;
const azureVmId = idOf("Microsoft.Compute/virtualMachines/kms");
const ssh = { host: "kms.corp.example", user: "admin", hostKeyFingerprint: "SHA256:invented" };

/** What the check of a group reports once these values are known. */
const failures = async (changes: object) =>
  ((await check({}, groupInputs("kms.corp.example", changes) as never)).failures ?? []).map(
    ({ reason }) => reason,
  );

describe("a group whose own host turns out to be a member", () => {
  const web = { name: "web1", azureVmId: idOf("Microsoft.Compute/virtualMachines/web1") };

  it("is refused before any member is configured, by the ID in any case", async () => {
    const machines = [web, { name: "kms", azureVmId: azureVmId.toUpperCase() }];
    const [reason, ...more] = await failures({ machines, hostMachines: [azureVmId.toLowerCase()] });
    assert.match(reason, /^KMS2266 machines: .*is the machine of the KMSHost kms/);
    assert.deepEqual(more, []);
  });

  it("is refused over SSH, whatever is known of the host key", async () => {
    const [reason] = await failures({ machines: [{ name: "kms", ssh }], hostMachines: ["kms.corp.example"] });
    assert.match(reason, /^KMS2266 /);
  });

  it("is not judged by what is not known yet, nor by hosts without a machine of their own", async () => {
    for (const changes of [
      { machines: unknown, hostMachines: [azureVmId.toLowerCase()] },
      { machines: [{ name: unknown, azureVmId: unknown }], hostMachines: [azureVmId.toLowerCase()] },
      { machines: [web], hostMachines: [unknown] },
      { machines: [web], hostMachines: unknown },
      { machines: [web], hostMachines: [""] },
      { machines: [web], hostMachines: [azureVmId.toLowerCase()] },
    ]) {
      assert.deepEqual(await failures(changes), [], JSON.stringify(changes));
    }
  });

  it("needs no update while the machine of a host is not known", async () => {
    const inputs = groupInputs("kms.corp.example", { machines: [] });
    const { kind, machines: _machines, hostMachines: _hosts, rollout: _rollout, ...kept } = inputs;
    const olds = {
      ...kept,
      kind,
      stateVersion: 1,
      common: {},
      members: [],
      maxConcurrent: 1,
      machinesMissing: 0,
    };
    const { changes } = await diff("id", olds, { ...inputs, hostMachines: [unknown] } as never);
    assert.equal(changes, false);
  });
});
