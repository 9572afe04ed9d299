import assert from "node:assert/strict";

import { stopMocks } from "../declared-resources";
import {
  activationType,
  azureVmId,
  errorsOf,
  key,
  mockedProgram,
  type MockedProgram,
  officeKey,
  os,
  valueOf,
  zones,
} from "./mocked-host";

describe("a readOnly KMSHost on Pulumi's mocks", () => {
  let program: MockedProgram;

  beforeEach(async () => {
    program = await mockedProgram();
  });
  afterEach(stopMocks);

  it("has the children of a managed one, all of them read-only", async () => {
    const officeKeys = [{ office: "LTSC 2024", productKey: officeKey }];
    const args = { key, os, machine: { azureVmId }, zones, officeKeys };
    await program.host(args);
    const managed = program.children();
    program = await mockedProgram();
    await program.host({ ...args, readOnly: true });
    assert.deepEqual(program.children(), managed);
    assert.deepEqual(
      program.declared.slice(1).map(({ inputs }) => inputs.readOnly),
      managed.map(() => true),
    );
    const { __provider: _provider, ...inputs } = program.inputsOf("kms-activation");
    assert.deepEqual(inputs, {
      kind: "HostActivation",
      name: "kms",
      stack: "organization/project/stack",
      azureVmId,
      os,
      keyGroup: key.keyGroup,
      acknowledge: [],
      timeoutMinutes: 60,
      readOnly: true,
      keyRequired: true,
    });
    assert.equal(program.inputsOf("kms-srv").addressRecord, undefined);
  });

  it("needs a machine and nothing else", async () => {
    const host = await program.host({ readOnly: true, machine: { azureVmId } });
    assert.deepEqual(await errorsOf(host), []);
    assert.deepEqual(program.children(), ["kms-activation HostActivation"]);
    assert.equal(program.inputsOf("kms-activation").keyRequired, true);
    assert.equal(await valueOf(host.port), 1700);
    assert.equal(await valueOf(host.os), os);
    assert.equal(await valueOf(host.keyGroup), undefined);
  });

  it("is looked at for a key of Windows that it need not have, where it serves Office alone", async () => {
    const host = await program.host({
      readOnly: true,
      machine: { azureVmId },
      officeKeys: [{ office: "LTSC 2024" }],
    });
    const activations = program.declared.filter(({ type }) => type === activationType);
    assert.deepEqual(
      activations.map(({ inputs }) => inputs.keyRequired),
      [false, true],
    );
    assert.equal((await valueOf(host.officeStates))[0].licenseStatus, "Licensed");
  });

  it("is refused another port than the machine listens on, and any is taken where none is declared", async () => {
    const host = await program.host({ readOnly: true, machine: { azureVmId }, port: 1800 });
    assert.equal(program.inputsOf("kms-activation").expectedPort, 1800);
    assert.equal(await valueOf(host.port), 1800);
  });

  it("may be known by its name alone: it is not looked at, and its records are remembered", async () => {
    const host = await program.host({
      readOnly: true,
      key: { keyGroup: key.keyGroup },
      officeKeys: [{ office: "LTSC 2024" }],
      machine: { fqdn: "kms01.corp.example" },
      zones: [{ zoneName: "corp.example" }, { zoneName: "lab.example" }],
    });
    assert.deepEqual(await errorsOf(host), []);
    assert.equal(program.inputsOf("kms-activation").azureVmId, undefined);
    assert.equal(await valueOf(host.licenseStatus), "NotObserved");
    assert.equal(await valueOf(host.fqdn), "kms01.corp.example");
    assert.deepEqual(await valueOf(host.names), ["kms01.corp.example", "kms01.lab.example"]);
    assert.equal(await valueOf(host.port), 1688);
    assert.equal(await valueOf(host.machineId), undefined);
    assert.deepEqual(await valueOf(host.officeStates), [
      { office: "Office LTSC 2024", licenseStatus: "NotObserved" },
    ]);
    assert.deepEqual(
      [program.inputsOf("kms-srv").target, program.inputsOf("kms-srv-2").target],
      ["kms01.corp.example", "kms01.lab.example"],
    );
  });

  it("may be known by an address alone, and its records then have no computer name", async () => {
    const host = await program.host({
      readOnly: true,
      machine: { fqdn: "10.0.0.7" },
      zones: [{ zoneName: "corp.example" }],
    });
    assert.deepEqual(await valueOf(host.names), ["10.0.0.7"]);
    assert.equal(program.inputsOf("kms-srv").computerName, "");
  });
});
