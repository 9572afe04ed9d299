import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { stopMocks } from "../declared-resources";
import { azureVmId, errorsOf, key, mockedProgram, type MockedProgram, valueOf } from "./mocked-host";

describe("a KMSHost that is not known or not right, on Pulumi's mocks", () => {
  let program: MockedProgram;
  const listeners = process.listeners("unhandledRejection");
  const unknown = <T>() => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;

  // The program is made to fail by a rejection that nobody handles.
  before(() => {
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", () => undefined);
  });
  after(() => {
    process.removeAllListeners("unhandledRejection");
    listeners.forEach((listener) => process.on("unhandledRejection", listener));
  });
  beforeEach(async () => {
    program = await mockedProgram(true);
  });
  afterEach(stopMocks);

  it("is declared with values that a preview does not know", async () => {
    const host = await program.host({
      key: { keyGroup: key.keyGroup, productKey: unknown() },
      machine: { azureVmId: unknown() },
      port: unknown(),
    });
    assert.deepEqual(await errorsOf(host), []);
    assert.deepEqual(program.children(), ["kms-activation HostActivation"]);
  });

  it("has a diagnostic of its own for what must be known at preview, and no children", async () => {
    const host = await program.host({ key: { ...key, keyGroup: unknown<string>() }, machine: { azureVmId } });
    assert.deepEqual(
      (await valueOf(host.diagnostics)).map(({ code, severity, path }) => [code, severity, path]),
      [["KMS1006", "error", "key.keyGroup"]],
    );
    assert.deepEqual(program.children(), []);
  });

  it("has its diagnostics as an output when it is invalid, no children, and stores none of its arguments", async () => {
    const args = { key, machine: { azureVmId }, adminPasword: "a mistyped secret" };
    const host = await program.host(args);
    assert.deepEqual(
      (await valueOf(host.diagnostics)).map(({ code, path }) => [code, path]),
      [["KMS1001", "adminPasword"]],
    );
    assert.deepEqual(program.children(), []);
    assert.deepEqual(program.declared[0].inputs, {});
  });

  it("is refused what its rules do not allow", async () => {
    const host = await program.host({ key, os: "Windows Server 2008 R2", machine: { azureVmId } });
    const codes = (await valueOf(host.diagnostics)).map(({ code }) => code);
    assert.ok(codes.includes("KMS2004") || codes.includes("KMS2003"), codes.join(", "));
    assert.deepEqual(program.children(), []);
  });
});
