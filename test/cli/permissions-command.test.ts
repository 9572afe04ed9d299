import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { featurePermissions } from "../../provider/catalog/permissions";
import { kmsProgram } from "../../provider/cli/program";
import { runCli } from "../../provider/cli/run-cli";
import { licensingScript } from "../../provider/machine/licensing-script";
import { exported, group, host, member } from "../report/exported";

const subscription = "11111111-1111-4111-8111-111111111111";
const other = "22222222-2222-4222-8222-222222222222";
const idIn = (id: string, type: string) => `/subscriptions/${id}/resourceGroups/rg/providers/${type}/x`;

describe("permissions of the command line", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "permissions-command-"));
    file = path.join(folder, "stack.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function permissions(...argv: string[]) {
    let out = "";
    let err = "";
    const output = {
      writeOut: (text: string) => void (out += text),
      writeErr: (text: string) => void (err += text),
    };
    return { exitCode: await runCli(kmsProgram, ["permissions", ...argv], output), out, err };
  }
  const printed = async (...argv: string[]) => {
    const { exitCode, out, err } = await permissions(...argv);
    assert.deepEqual([exitCode, err], [0, ""]);
    return JSON.parse(out);
  };
  const actionsOf = (...features: string[]) =>
    [
      ...new Set(
        featurePermissions
          .filter(({ feature }) => features.includes(feature))
          .flatMap(({ actions }) => actions),
      ),
    ].sort();

  it("prints a role for features of a program that was never updated, as az takes it", async () => {
    const { roles } = await printed(
      "--features",
      "runCommands",
      "blobLedger",
      "--subscription",
      subscription,
    );
    assert.deepEqual(roles, [
      {
        Name: `pulumi-windows-kms ${subscription}`,
        IsCustom: true,
        Description: "What pulumi-windows-kms does: runCommands, blobLedger.",
        Actions: actionsOf("runCommands"),
        NotActions: [],
        DataActions: [
          "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
          "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
        ],
        NotDataActions: [],
        AssignableScopes: [`/subscriptions/${subscription}`],
      },
    ]);
    const { Actions: actions } = roles[0] as { Actions: string[] };
    assert.ok(actions.includes("Microsoft.Compute/virtualMachines/runCommands/write"), "the type's own name");
  });

  it("prints a role for each subscription that a stack has something in, and what it does not know", async () => {
    const machine = idIn(subscription, "Microsoft.Compute/virtualMachines");
    const zone = idIn(other, "Microsoft.Network/privateDnsZones");
    const stored = exported(
      host("kms", { azureVmId: machine, ledger: "azblob://account/kms" }),
      group("web", [member("a", "Licensed")], { common: { scope: `${subscription}/rg` } }),
      {
        type: "azure-native_network_v20240701:network:VirtualNetwork",
        id: idIn(subscription, "Microsoft.Network/v"),
      },
      { type: "azure-native:storage:StorageAccount", id: idIn(subscription, "Microsoft.Storage/a") },
      {
        type: "pulumi-nodejs:dynamic/windows-kms:SrvRecord",
        outputs: { zone: { zoneName: "corp.example", azurePrivateZoneId: zone } },
      },
    );
    writeFileSync(file, JSON.stringify(stored));
    const { error } = { error: await permissions("--file", file) };
    assert.equal(error.exitCode, 1);
    assert.match(error.err, /KMS9015 the subscription is not known .*: blobLedger\. Specify it with --sub/);
    const { roles, otherTypes } = await printed("--file", file, "--subscription", other.toUpperCase());
    assert.deepEqual(
      roles.map(({ Actions, DataActions, AssignableScopes }: Record<string, string[]>) => [
        AssignableScopes,
        Actions,
        DataActions.length,
      ]),
      [
        [
          [`/subscriptions/${subscription}`],
          actionsOf("runCommands", "hostAddresses", "powerStates", "networks"),
          0,
        ],
        [[`/subscriptions/${other}`], actionsOf("azureRecords"), 2],
      ],
    );
    assert.deepEqual(otherTypes, ["azure-native:storage:StorageAccount"]);
  });

  it("prints what a security team needs to recognise the run commands", async () => {
    const { runCommand } = await printed("--features", "runCommands", "--subscription", subscription);
    assert.deepEqual(runCommand, {
      namePrefix: "pulumi-windows-kms-",
      scriptSha256: createHash("sha256").update(licensingScript, "utf8").digest("hex"),
    });
  });

  it("says beside an empty list of roles how a program is named that was never updated", async () => {
    writeFileSync(file, JSON.stringify(exported()));
    const { exitCode, out, err } = await permissions("--file", file);
    assert.deepEqual([exitCode, JSON.parse(out).roles], [0, []]);
    assert.match(err, /has nothing in Azure .* --features and --subscription\.$/m);
  });

  it("refuses features that do not exist, and a subscription that is none", async () => {
    const unknown = await permissions("--features", "machine");
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.err, /Allowed choices are resourceGroups, /);
    assert.equal((await permissions("--features", "machines", "--subscription", "prod")).exitCode, 2);
    assert.match((await permissions("--features", "machines")).err, /KMS9015/);
  });
});
