import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { stopMocks } from "../declared-resources";
import { allowFailingPrograms } from "../failing-programs";
import { azureVmId, errorsOf, key, mockedProgram, type MockedProgram, valueOf } from "./mocked-host";

describe("a KMSHost that is not known or not right, on Pulumi's mocks", () => {
  let program: MockedProgram;
  const unknown = <T>() => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;

  allowFailingPrograms();
  beforeEach(async () => {
    program = await mockedProgram(true);
  });
  afterEach(stopMocks);

  it("are not known to the activation at preview, which finds more than the update does", async () => {
    await program.host({ key, machine: { azureVmId } });
    const { name, findings } = program.inputsOf("kms-activation");
    assert.deepEqual([name, pulumi.isUnknown(findings)], ["kms", true]);
  });

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

  it("never shows the signature in a ledger's URL, wherever the URL is from, and stores nothing of it", async () => {
    const url = "azblob://ledgers?storage_account=acme&sv=2024-11-04&sig=abcdef";
    const given = await program.host({ key: { ...key, ledger: url }, machine: { azureVmId } });
    pulumi.runtime.setAllConfig({ "windows-kms:ledger": url });
    const configured = await program.host({ key, machine: { azureVmId } }, "configured");
    pulumi.runtime.setAllConfig({});
    const diagnostics = await Promise.all([given, configured].map((host) => valueOf(host.diagnostics)));
    assert.deepEqual(
      diagnostics.map((all) =>
        all.filter(({ severity }) => severity === "error").map(({ code, path }) => `${code} ${path}`),
      ),
      [["KMS1003 key.ledger"], ["KMS6001 key.ledger"]],
    );
    assert.doesNotMatch(JSON.stringify([diagnostics, program.declared]), /abcdef/);
    assert.deepEqual(program.children(), []);
  });

  it("never shows what came as a secret, whichever rule judges it", async () => {
    const hidden = (text: string) => pulumi.secret(text);
    const host = await program.host({
      key: { keyGroup: hidden("Volume License for Windows Sever 2022"), productKey: key.productKey },
      os: hidden("Windows Server 9999"),
      edition: hidden("Hidden edition"),
      machine: { azureVmId: hidden(azureVmId) },
      clientPrefixes: [hidden("10.200.0.1/16")],
      zones: [{ zoneName: hidden("hidden.example"), publishedBy: "windows" }],
      assume: { updates: [hidden("KB7777777")], osBuild: hidden("9876.5432") },
      acknowledge: [{ code: hidden("KMS0815"), reason: hidden("a hidden reason") }],
    });
    const diagnostics = await valueOf(host.diagnostics);
    assert.ok(diagnostics.length >= 2, JSON.stringify(diagnostics));
    assert.doesNotMatch(
      diagnostics.map(({ message }) => message).join(" "),
      /Sever 2022|9999|Hidden edition|10\.200|hidden\.example|7777777|9876|0815|hidden reason/i,
    );
  });

  it("is refused what its rules do not allow", async () => {
    const host = await program.host({ key, os: "Windows Server 2008 R2", machine: { azureVmId } });
    const codes = (await valueOf(host.diagnostics)).map(({ code }) => code);
    assert.ok(codes.includes("KMS2004") || codes.includes("KMS2003"), codes.join(", "));
    assert.deepEqual(program.children(), []);
  });
});
