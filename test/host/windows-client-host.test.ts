import assert from "node:assert/strict";
import { create, read, remove } from "../../provider/handlers";
import type { ClientActivationInputs, ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import type { ManagedHostInputs, ManagedHostOutputs } from "../../provider/host/state";
import type { SshAddress } from "../../provider/machine/ssh-address";
import { hostInputs as serverHostInputs, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { groupInputs } from "../group/group-inputs";
import { startArm, type Arm } from "../lab/arm/arm-fixture";
import { startSshMachine } from "../lab-run/ssh-fixture";
import { hostKey, server2022, setupKeys, windows10 } from "../lab/windows/test-lab";
import type { TestServer } from "../machine/ssh-server";

const keyGroup = "Volume license for Windows 10";
const hostName = "PC0.corp.example";
const threshold = 25;
const members = Array.from({ length: threshold }, (_, index) => `PC${index + 1}`);

describe("a KMS host on Windows 10 over SSH", function () {
  this.timeout(60_000);
  let arm: Arm;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let host: ManagedHostOutputs;
  const servers = new Map<string, TestServer>();
  const addressOf = (name: string): SshAddress => servers.get(name)!.address;
  const machine = async (name: string) =>
    (await arm.control.machines()).find(({ computerName }) => computerName === name)!;

  beforeEach(async () => {
    ledger = await temporaryLedger();
    arm = await startArm();
    for (const name of ["PC0", ...members, "SRV1"]) {
      const { osBuild, editionId, productType } = name === "SRV1" ? server2022 : windows10;
      await arm.control.bootOnPremises({ name, domain: "corp.example", osBuild, editionId, productType });
      servers.set(name, await startSshMachine(arm.control, name));
    }
    host = (await muted(() => create(hostInputs() as never))).outs as ManagedHostOutputs;
  });
  afterEach(async () => {
    await Promise.all([...servers.values()].map((one) => one.close()));
    await arm?.close();
    await ledger?.remove();
  });

  const hostInputs = (): ManagedHostInputs => {
    const { azureVmId: _azureVmId, ...common } = serverHostInputs;
    return {
      ...common,
      ssh: addressOf("PC0"),
      ledger: ledger.url,
      os: "Windows 10",
      keyGroup,
      productKey: hostKey(keyGroup),
    };
  };
  const clients = (names: string[], changes: Partial<ClientActivationInputs> = {}) =>
    groupInputs(hostName, {
      name: "desktops",
      machines: names.map((name) => ({ name, ssh: addressOf(name) })),
      os: "Windows 10",
      edition: "Enterprise",
      hosts: [{ name: "kms", keyGroup, os: "Windows 10", office: [], readOnly: false }],
      setupKey: setupKeys.windows10Enterprise,
      threshold,
      rollout: { maxConcurrent: 5 },
      timeoutMinutes: 5,
      ...changes,
    });
  const activated = async (inputs: ClientActivationInputs) => {
    const group = (await muted(() => create(inputs as never))).outs as ClientActivationOutputs;
    return { members: readMembers(group), machinesMissing: group.machinesMissing };
  };

  it("becomes one without the server role, which Windows 10 does not have", async () => {
    assert.deepEqual([host.computerName, host.licenseStatus], ["PC0", "Licensed"]);
    assert.deepEqual(host.drift, []);
    const { productKeyChannel } = await machine("PC0");
    assert.equal(productKeyChannel, "Volume:CSVLK");
  });

  it("leaves 24 client operating systems pending", async () => {
    const group = await activated(clients(members.slice(1)));
    assert.deepEqual(new Set(group.members.map(({ status }) => status)), new Set(["Pending"]));
    assert.equal(group.machinesMissing, 1);
  });

  it("activates them all with the 25th", async () => {
    const group = await activated(clients(members));
    assert.deepEqual(
      group.members.map(({ name, status }) => `${name} ${status}`),
      members.map((name) => `${name} Licensed`),
    );
    assert.equal(group.machinesMissing, 0);
    const { props } = await read("id", host as never);
    assert.equal((props as ManagedHostOutputs).currentCount, threshold);
  });

  it("activates no server, whatever the program said", async () => {
    await activated(clients(members));
    const inputs = clients(["SRV1"], {
      os: "Windows Server 2022",
      edition: "Datacenter",
      setupKey: setupKeys.server2022Datacenter,
      threshold: 5,
    });
    await assert.rejects(
      muted(() => create(inputs as never)),
      /0xC004F042/,
    );
    assert.notEqual((await machine("SRV1")).licenseStatus, "Licensed");
  });

  it("is a client again when it is removed", async () => {
    await muted(() => remove("id", host as never));
    assert.equal((await machine("PC0")).productKeyChannel, "Volume:GVLK");
  });
});
