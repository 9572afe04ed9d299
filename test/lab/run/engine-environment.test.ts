import assert from "node:assert/strict";
import { engineEnvironment, ownEnvironment } from "../../../provider/lab/run/engine-environment";

const own = ownEnvironment("/tmp/lab", "passphrase", { ARM_SUBSCRIPTION_ID: "lab" });

describe("environment of the engine", () => {
  it("has nothing that leads to the caller's own accounts", () => {
    const caller = {
      PATH: "/bin",
      PULUMI_ACCESS_TOKEN: "token",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/own",
      ARM_SUBSCRIPTION_ID: "own",
      ARM_CLIENT_SECRET: "secret",
      AZURE_CLIENT_ID: "own",
      azure_tenant_id: "own",
    };
    assert.deepEqual(engineEnvironment(caller, own), {
      PATH: "/bin",
      ARM_SUBSCRIPTION_ID: "lab",
      PULUMI_HOME: "/tmp/lab/home",
      PULUMI_BACKEND_URL: "file:///tmp/lab/state",
      PULUMI_CONFIG_PASSPHRASE: "passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_WINDOWS_KMS_LEDGER: "file:///tmp/lab/ledger",
      PULUMI_SUPPRESS_NEO_LINK: "true",
      PULUMI_DEBUG_COMMANDS: "true",
    });
  });
});
