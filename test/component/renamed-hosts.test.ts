import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { ledgerDiagnostics } from "../../provider/component/ledger";
import { emptyLedger } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { type HostFacts, hostKeysOf, namesInZone } from "../../provider/rules/facts";
import { programIndex } from "../../provider/rules/program-index";
import { stopMocks } from "../declared-resources";
import { environmentVariables } from "../environment";
import { host, labKey } from "../rules/program";

const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };

/** A preview of a stack of this name. */
const preview = (stack = "stack") => pulumi.runtime.setMocks(mocks, "project", stack, true, "organization");

describe("hosts whose resource or stack was renamed", () => {
  const setVariables = environmentVariables();
  let folder = "";
  let ledger = "";

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "kms-renamed-"));
    ledger = pathToFileURL(folder).href;
    setVariables({ PULUMI_WINDOWS_KMS_LAB_LEDGER: undefined, PULUMI_BACKEND_URL: undefined });
    const identity = { keyFingerprint: keyFingerprint(labKey), keyEnding: "N2W2K", keyGroup: "group" };
    const hosts = [counted("kms1", 1), counted("left", 2)];
    await openLedger(ledger).write(identity.keyFingerprint, { ...emptyLedger(identity), hosts }, undefined);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    stopMocks();
  });

  const at = "2026-01-01T00:00:00Z";
  const counted = (resource: string, number: number) => ({
    machineId: `00000000-0000-4000-8000-00000000000${number}`,
    computerName: `OLD${number}`,
    stack: "organization/project/stack",
    resource,
    activations: [{ number: 1, at, outcome: "committed" as const, settledAt: at }],
  });

  const existing = (name: string) => host({ name, key: { productKey: labKey, ledger } });
  const created = (name: string) =>
    host({ name, key: { productKey: labKey, ledger }, machine: { create: { resourceGroupName: "rg" } } });
  /** What is said of the key of these hosts; the facts learn what the ledger has of them. */
  const said = async (...hosts: HostFacts[]) =>
    (await ledgerDiagnostics(hostKeysOf(hosts[0]), programIndex({ hosts })))
      .map(({ message }) => message)
      .join("\n");

  it("may be counted already by a former name, which the preview says beside what an activation would leave", async () => {
    await preview();
    assert.match(
      await said(created("licensing"), created("kms1")),
      /activates licensing .* leaves 3, unless the ledger counts it already by a former name: left of the stack organization\/project\/stack\./,
    );
    assert.match(await said(existing("licensing")), /leaves 3, unless the machine is activated already\./);
    await preview("renamed");
    assert.match(
      await said(created("kms1")),
      /leaves 3, unless .* by a former name: kms1 of the stack organization\/project\/stack\./,
    );
    assert.match(await said(created("kms3")), /with it for the first time, which leaves 3\./);
  });

  it("have the computer names that their machines were created with", async () => {
    await preview();
    const names = async (...hosts: HostFacts[]) => {
      await said(...hosts);
      return hosts.map((one) => namesInZone({ zoneName: "corp.example" }, one).join(" "));
    };
    assert.deepEqual(await names(created("kms1"), created("kms3")), [
      "OLD1.corp.example",
      "kms3.corp.example OLD2.corp.example",
    ]);
    assert.deepEqual(await names(existing("kms1")), [""], "its machine tells the name itself");
  });
});
