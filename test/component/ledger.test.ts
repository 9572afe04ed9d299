import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { stackName } from "../../provider/component/backend";
import { ledgerDiagnostics, resolvedLedger } from "../../provider/component/ledger";
import { emptyLedger } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { changeLedger } from "../../provider/ledger/store";
import { reserve, seed } from "../../provider/ledger/transitions";
import type { KMSHostKeyValues } from "../../provider/rules/args.generated";
import { hostKeysOf } from "../../provider/rules/facts";
import { programIndex } from "../../provider/rules/program-index";
import { stopMocks } from "../declared-resources";
import { environmentVariables } from "../environment";
import { host, labKey } from "../rules/program";

const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };
const preview = (isPreview: boolean) =>
  pulumi.runtime.setMocks(mocks, "project", "stack", isPreview, "organization");

describe("the ledger of a key", () => {
  const setVariables = environmentVariables();
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kms-ledger-"));
    setVariables({
      PULUMI_WINDOWS_KMS_LEDGER: undefined,
      PULUMI_WINDOWS_KMS_LAB_LEDGER: undefined,
      PULUMI_BACKEND_URL: undefined,
    });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    pulumi.runtime.setAllConfig({});
    stopMocks();
  });

  it("is that of the key, else of the stack, else of the environment, else beside the program", () => {
    assert.equal(resolvedLedger(undefined), "file://./kms-ledger");
    setVariables({ PULUMI_WINDOWS_KMS_LEDGER: "file://environment" });
    assert.equal(resolvedLedger(undefined), "file://environment");
    pulumi.runtime.setAllConfig({ "windows-kms:ledger": "file://stack" });
    assert.equal(resolvedLedger(undefined), "file://stack");
    assert.equal(resolvedLedger("file://key"), "file://key");
    setVariables({ PULUMI_WINDOWS_KMS_LAB_LEDGER: "file://lab" });
    assert.equal(resolvedLedger("file://key"), "file://lab");
  });

  const ledger = () => pathToFileURL(folder).href;
  const kms = (key: KMSHostKeyValues = {}, name = "kms") =>
    host({ name, key: { productKey: labKey, ledger: ledger(), ...key } });
  const reported = async (...hosts: ReturnType<typeof kms>[]) => {
    const index = programIndex({ hosts });
    const all = await Promise.all(hosts.map((one) => ledgerDiagnostics(hostKeysOf(one), index)));
    return all.map((diagnostics) =>
      diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`),
    );
  };
  const left = async (key?: KMSHostKeyValues) => {
    const one = kms(key);
    const shown = await ledgerDiagnostics(hostKeysOf(one), programIndex({ hosts: [one] }));
    const diagnostic = shown.find(({ code }) => code === "KMS6020");
    return /has (.*) hosts left/.exec(diagnostic?.message ?? "")?.[1];
  };

  it("is looked at in a preview alone, once for each key, on its first host", async () => {
    await preview(true);
    assert.deepEqual(await reported(kms(), kms({}, "second")), [["info KMS6020 key.productKey"], []]);
    await preview(false);
    assert.deepEqual(await reported(kms()), [[]]);
  });

  it("is not looked at for a host that somebody else manages, nor for what is no key", async () => {
    await preview(true);
    const foreign = host({ name: "foreign", readOnly: true, key: { productKey: labKey, ledger: ledger() } });
    assert.deepEqual(await reported(foreign), [[]]);
    assert.deepEqual(await reported(foreign, kms()), [[], ["info KMS6020 key.productKey"]]);
    assert.deepEqual(await reported(kms({ productKey: "x" })), [[]]);
  });

  it("is not looked at as long as its URL is not known", async () => {
    await preview(true);
    const later = host({ key: { productKey: labKey }, unknown: ["key.ledger"] });
    assert.deepEqual(await reported(later), [[]]);
  });

  it("counts what is declared before it exists: activations spent and a higher limit", async () => {
    await preview(true);
    assert.equal(await left(), "6 of 6");
    assert.equal(await left({ activationsSpent: { hosts: 4, activations: 9 } }), "2 of 6");
    assert.equal(await left({ hostLimitException: { hosts: 10, reference: "case 1" } }), "10 of 10");
    const both = {
      activationsSpent: { hosts: 4, activations: 9 },
      hostLimitException: { hosts: 10, reference: "case 1" },
    };
    assert.equal(await left(both), "6 of 10");
    assert.equal(await left({ activationsSpent: { hosts: 4 } }), "6 of 6");
  });

  it("names the hosts that the update activates for the first time, and what they leave", async () => {
    await preview(true);
    const said = async (...hosts: ReturnType<typeof kms>[]) => {
      const [one] = await ledgerDiagnostics(hostKeysOf(hosts[0]), programIndex({ hosts }));
      return /hosts left(.*)\. No action|hosts left(.*?)\. /.exec(one.message)?.slice(1).find(Boolean) ?? "";
    };
    const created = (name: string) => ({
      ...kms({}, name),
      args: { ...kms().args, machine: { create: { resourceGroupName: "rg" } } },
    });
    assert.equal(
      await said(created("kms1"), created("kms2")),
      "; the update activates kms1 and kms2 with it for the first time, which leaves 4",
    );
    assert.match(await said(kms()), /which leaves 5, unless the machine is activated already$/);
    const scarce = kms({ activationsSpent: { hosts: 6, activations: 6 } });
    assert.match(
      await said(scarce),
      /which is 1 too many: the update refuses it, unless the machine is activated already$/,
    );
    const severity = async (host: ReturnType<typeof kms>) =>
      (await ledgerDiagnostics(hostKeysOf(host), programIndex({ hosts: [host] })))[0].severity;
    assert.deepEqual([await severity(kms()), await severity(scarce)], ["info", "warning"]);
    const at = "2026-01-01T00:00:00Z";
    const identity = {
      keyFingerprint: keyFingerprint(labKey),
      keyEnding: "N2W2K",
      keyGroup: "Windows Server 2022",
    };
    const known = {
      machineId: "00000000-0000-4000-8000-000000000001",
      computerName: "KMS1",
      stack: "organization/project/stack",
      resource: "kms1",
      activations: [{ number: 1, at, outcome: "committed" as const, settledAt: at }],
    };
    await openLedger(ledger()).write(
      identity.keyFingerprint,
      { ...emptyLedger(identity), hosts: [known] },
      undefined,
    );
    assert.equal(await said(created("kms1")), "");
    assert.match(await said(created("kms1"), created("kms2")), /activates kms2 with it .*leaves 4$/);
    const none = { ...kms(), args: { ...kms().args, activation: "none" as const } };
    assert.equal(await said(none), "");
  });

  it("keeps what it has counted, whatever is declared later, and takes a higher limit", async () => {
    await preview(true);
    const identity = {
      keyFingerprint: keyFingerprint(labKey),
      keyEnding: "N2W2K",
      keyGroup: "Windows Server 2022",
    };
    const change = { at: "2026-01-01T00:00:00Z", who: "somebody", stack: "other", resource: "kms" };
    await changeLedger(openLedger(ledger()), identity, (document) =>
      seed(document, change, { hosts: 1, activations: 1 }),
    );
    const declared = { activationsSpent: { hosts: 4, activations: 9 } };
    assert.equal(await left(declared), "5 of 6");
    assert.deepEqual(await reported(kms(declared)), [
      ["error KMS6015 key.activationsSpent", "info KMS6020 key.productKey"],
    ]);
    assert.equal(await left({ hostLimitException: { hosts: 10, reference: "case 1" } }), "9 of 10");
  });

  it("takes what the same stack declares anew, as the update does", async () => {
    await preview(true);
    const identity = { keyFingerprint: keyFingerprint(labKey), keyEnding: "N2W2K", keyGroup: "group" };
    const stack = "organization/project/stack";
    const change = { at: "2026-01-01T00:00:00Z", who: "somebody", stack, resource: "kms" };
    await changeLedger(openLedger(ledger()), identity, (document) =>
      seed(document, change, { hosts: 1, activations: 1 }),
    );
    assert.equal(await left({ activationsSpent: { hosts: 4, activations: 9 } }), "2 of 6");
  });

  it("that has nothing of a key yet is said to get what another ledger counts, unless nobody named it", async () => {
    await preview(true);
    const said = async (one: ReturnType<typeof kms>) =>
      (await ledgerDiagnostics(hostKeysOf(one), programIndex({ hosts: [one] })))
        .filter(({ code }) => code === "KMS6020")
        .map(({ message }) => /nothing of this key yet: a host that another ledger counts/.test(message));
    assert.deepEqual(await said(kms()), [true]);
    assert.deepEqual(await said(host({ key: { productKey: labKey } })), [false]);
    const identity = {
      keyFingerprint: keyFingerprint(labKey),
      keyEnding: labKey.slice(-5),
      keyGroup: "group",
    };
    await openLedger(ledger()).write(identity.keyFingerprint, emptyLedger(identity), undefined);
    assert.deepEqual(await said(kms()), [false]);
  });

  it("that was moved is named with its new place, and its numbers are not shown", async () => {
    await preview(true);
    const identity = { keyFingerprint: keyFingerprint(labKey), keyEnding: "N2W2K", keyGroup: "group" };
    const moved = { ...emptyLedger(identity), movedTo: "azblob://ledgers?storage_account=acme" };
    await openLedger(ledger()).write(identity.keyFingerprint, moved, undefined);
    assert.deepEqual(await reported(kms()), [["error KMS6025 key.ledger"]]);
  });

  it("is an error where nobody named it and others can update the stack, in the update as well", async () => {
    setVariables({ PULUMI_BACKEND_URL: "azblob://states" });
    const unnamed = host({ key: { productKey: labKey } });
    await preview(true);
    const shown = await ledgerDiagnostics(hostKeysOf(unnamed), programIndex({ hosts: [unnamed] }));
    assert.equal(shown[0].code, "KMS6022");
    assert.equal(shown[0].severity, "error");
    assert.match(shown[0].message, /`pulumi config set windows-kms:ledger 'azblob:\/\/CONTAINER/);
    await preview(false);
    assert.deepEqual(await reported(unnamed), [["error KMS6022 key.ledger"]]);
    setVariables({ PULUMI_BACKEND_URL: "file://~" });
    assert.deepEqual(await reported(unnamed), [[]]);
    setVariables({ PULUMI_BACKEND_URL: "azblob://states" });
    setVariables({ PULUMI_WINDOWS_KMS_LAB_LEDGER: ledger() });
    assert.deepEqual(await reported(unnamed), [[]]);
  });

  it("shows an activation whose outcome is open, and what settles it", async () => {
    await preview(true);
    const url = ledger();
    const fingerprint = keyFingerprint(labKey);
    const identity = { keyFingerprint: fingerprint, keyEnding: labKey.slice(-5), keyGroup: "group" };
    const change = { at: "2027-01-31T10:00:00Z", who: "somebody", stack: "prod", resource: "kms" };
    const machine = { machineId: "00000000-0000-4000-8000-000000000001", computerName: "KMS1" };
    const reserved = (number: number, by: object, changed: object = {}) =>
      changeLedger(openLedger(url), identity, (document) =>
        reserve(
          document,
          { ...change, ...by },
          { ...machine, machineId: machine.machineId.replace(/.$/, String(number)), ...changed },
          `${fingerprint}-00000000000${number}`,
        ),
      );
    await reserved(1, {});
    const own = { stack: stackName() };
    await reserved(2, own);
    await reserved(3, { ...own, resource: "former" });
    await reserved(4, { ...own, resource: "former" }, { azureVmId: "/subscriptions/1" });
    const one = kms();
    const shown = await ledgerDiagnostics(hostKeysOf(one), programIndex({ hosts: [one] }));
    const open = shown.find(({ code }) => code === "KMS6024");
    assert.equal(open?.severity, "warning");
    assert.match(
      open?.message ?? "",
      /activation 1 of KMS1 .* 2027-01-31T10:00:00Z for the resource kms of the stack prod/,
    );
    const settledBy = shown.filter(({ code }) => code === "KMS6024").map(({ message }) => message);
    const expected = [
      /An update of that stack reads it off .* use `npx pulumi-windows-kms ledger settle`/,
      /The next update of kms, or a refresh, reads it off/,
      /former does not have this key in the program any more, and its machine is not in Azure: say what became/,
      /former does not have this key in the program any more: the next update of a host of this key looks at/,
    ];
    assert.equal(settledBy.length, expected.length);
    expected.forEach((words, index) => assert.match(settledBy[index], words));
  });

  it("is a warning where it cannot be read, or where others cannot reach it", async () => {
    await preview(true);
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    assert.deepEqual(await reported(kms({ ledger: pathToFileURL(file).href })), [
      ["warning KMS6023 key.ledger"],
    ]);
    setVariables({ PULUMI_BACKEND_URL: "s3://states" });
    assert.deepEqual(await reported(kms()), [["warning KMS6022 key.ledger", "info KMS6020 key.productKey"]]);
  });

  it("of an Office key is named by its place", async () => {
    await preview(true);
    const officeKeys = [
      { office: "LTSC 2024", productKey: "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K", ledger: ledger() },
    ];
    assert.deepEqual(await reported(host({ key: undefined, officeKeys })), [
      ["info KMS6020 officeKeys[0].productKey"],
    ]);
  });
});
