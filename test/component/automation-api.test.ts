import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { isGrpcError } from "@pulumi/pulumi/errors";
import { logDiagnostics, logOn } from "../../provider/component/diagnostics";
import { ledgerDiagnostics } from "../../provider/component/ledger";
import { diagnostic } from "../../provider/rules/diagnostic";
import { hostKeysOf } from "../../provider/rules/facts";
import { programIndex } from "../../provider/rules/program-index";
import { stopMocks } from "../declared-resources";
import { environmentVariables } from "../environment";
import { listenToFailures } from "../failing-programs";
import { asProgram, programStore } from "../program-store";
import { host, labKey } from "../rules/program";

const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };

describe("a program that another one runs, by the Automation API", () => {
  const setVariables = environmentVariables();
  afterEach(stopMocks);

  /** What is said of the ledger of a key by a program with that engine. */
  const said = async (ledger?: string, engineAddr = "127.0.0.1:1") =>
    asProgram(async () => {
      void pulumi.runtime.setMocks(mocks, "project", "stack", false, "organization");
      Object.assign(programStore().settings.options, { engineAddr });
      const kms = host({ key: { productKey: labKey, ledger } });
      const diagnostics = await ledgerDiagnostics(hostKeysOf(kms), programIndex({ hosts: [kms] }));
      return diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
    });

  it("must not count activations in a folder relative to that of the engine, which it does not know", async () => {
    setVariables({
      PULUMI_NODEJS_MONITOR: undefined,
      PULUMI_WINDOWS_KMS_LEDGER: undefined,
      PULUMI_WINDOWS_KMS_LAB_LEDGER: undefined,
      PULUMI_BACKEND_URL: undefined,
    });
    const refused = ["error KMS6028 key.ledger"];
    assert.deepEqual(await said(), refused);
    assert.deepEqual(await said("file://ledgers"), refused);
    for (const absolute of ["file:///ledgers", "file://~/ledgers", "azblob://ledgers?storage_account=acme"]) {
      assert.deepEqual(await said(absolute), []);
    }
    assert.deepEqual(await said(undefined, ""), []);
    setVariables({ PULUMI_NODEJS_MONITOR: "127.0.0.1:2" });
    assert.deepEqual(await said(), []);
  });

  it("has its errors named once at its end, and not when they happen as well", async () => {
    const failures: Error[] = [];
    const stopListening = listenToFailures(
      (reason) => failures.push(reason as Error),
      ["unhandledRejection"],
    );
    try {
      for (const monitor of [undefined, "127.0.0.1:2"]) {
        setVariables({ PULUMI_NODEJS_MONITOR: monitor });
        await asProgram(async () => {
          void pulumi.runtime.setMocks(mocks, "project", "stack", true, "organization");
          Object.assign(programStore().settings.options, { engineAddr: "127.0.0.1:1" });
          const registered = { urn: pulumi.output("urn") } as unknown as pulumi.Resource;
          assert.ok(logDiagnostics([diagnostic("KMS2241", "error", "hosts")], registered));
          const before = failures.length;
          while (failures.length === before) {
            await setImmediate();
          }
        });
      }
    } finally {
      stopListening();
    }
    // The SDK logs each one when it happens, but one of a lost connection; at the end it shows the messages of all.
    const isLogged = (failure: Error) => pulumi.RunError.isInstance(failure) || !isGrpcError(failure);
    assert.deepEqual(failures.map(isLogged), [false, true]);
    failures.forEach((failure) => assert.match(failure.message, /^KMS2302 /));
  });

  it("shows texts on a resource once it is registered, and is not held back by one that never is", async () => {
    const shown: string[] = [];
    const { warn } = pulumi.log;
    Object.assign(pulumi.log, { warn: async (text: string) => void shown.push(text) });
    try {
      void pulumi.runtime.setMocks(mocks, "project", "stack", false, "organization");
      let register: (urn: string) => void = () => undefined;
      const urn = new Promise<string>((resolve) => (register = resolve));
      const never = { urn: pulumi.output(new Promise(() => undefined)) } as unknown as pulumi.Resource;
      const late = { urn: pulumi.output(urn) } as unknown as pulumi.Resource;
      void logOn(never, "warning", "of the one that never is");
      const logged = logOn(late, "warning", "of the late one");
      await setImmediate();
      assert.deepEqual(shown, []);
      register("urn:pulumi:stack::project::type::late");
      await logged;
      assert.deepEqual(shown, ["of the late one"]);
    } finally {
      Object.assign(pulumi.log, { warn });
    }
  });
});
