import assert from "node:assert/strict";
import { ensureClientPlan, refuseKmsHost } from "../../provider/group/plan";
import { retireHostPlan } from "../../provider/host/plan";
import { setupKeyOf } from "../../provider/catalog/setup-keys";
import { findSetupKey } from "../../provider/catalog/setup-keys";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import {
  activate,
  boot,
  bootHost,
  desiredClientState,
  ensureClient,
  install,
  server2022,
  setupKeys,
  testLab,
  windows10,
} from "../lab/windows/test-lab";

const mak = labKeys.multipleActivationKeys[0].productKey;

/** Volume licensing editions as Microsoft lists them, with a build of each. */
const volumeEditions: [string, string, string, string, typeof server2022, string][] = [
  ["R137", "Windows 10", "Enterprise", "Enterprise", windows10, "19045.6332"],
  ["R138", "Windows Server 2019", "Standard", "ServerStandard", server2022, "17763.8027"],
  ["R139", "Windows Server 2016", "Datacenter", "ServerDatacenter", server2022, "14393.8519"],
  ["R140", "Windows 8.1", "Pro", "Professional", windows10, "9600.20778"],
  ["R141", "Windows Server 2012 R2", "Standard", "ServerStandard", server2022, "9600.22824"],
  ["R142", "Windows Server 2012", "Datacenter", "ServerDatacenter", server2022, "9200.25722"],
  ["R143", "Windows 7", "Professional", "Professional", windows10, "7601.24214"],
  ["R144", "Windows Server 2008 R2", "Standard", "ServerStandard", server2022, "7601.24214"],
];

describe("volume licensing editions are KMS clients as they are", () => {
  for (const [requirement, os, edition, editionId, kind, osBuild] of volumeEditions) {
    it(`${requirement}: ${os} ${edition} keeps its setup key, which is not installed again`, () => {
      const lab = testLab();
      const setupKey = findSetupKey(os, edition)?.key;
      assert.ok(setupKey);
      const id = boot(lab, "member", { ...kind, osBuild, editionId, setupKey });
      const result = (name: string) =>
        ensureClient(lab, id, setupKey).operations.find((operation) => operation.id === name)?.result;
      assert.equal(result("installKey"), "skipped");
      install(lab, id, mak);
      assert.equal(result("installKey"), "done");
      assert.equal(lab.fleet.snapshot(id).productKeyChannel, "Volume:GVLK");
    });
  }
});

describe("conversion to a KMS client", () => {
  const setupKey = setupKeys.server2022Datacenter;

  it("R145: a KMS host gets the setup key, and answers no more clients", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms");
    assert.equal(activate(lab, boot(lab, "before")), "0xC004F038");
    const { partialProductKey } = lab.fleet.snapshot(id);
    const answer = lab.fleet.runLicensingPlan(id, retireHostPlan(setupKey, [partialProductKey]), {});
    assert.equal(answer.product?.PartialProductKey, setupKey.slice(-5));
    assert.equal(answer.product?.ProductKeyChannel, "Volume:GVLK");
    assert.equal(activate(lab, boot(lab, "after")), "0xC004F074");
  });

  it("R145: a KMS host is left as it is by the plan of a client", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const former = bootHost(lab, "former");
    const before = lab.fleet.snapshot(former);
    assert.deepEqual(ensureClient(lab, former).operations, [{ id: refuseKmsHost, result: "refused" }]);
    assert.deepEqual(lab.fleet.snapshot(former), before);
    assert.equal(before.productKeyChannel, "Volume:CSVLK");
  });

  it("R145: a KMS host of another program becomes a client where that is accepted", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const former = bootHost(lab, "former");
    const desired = { ...desiredClientState(setupKey), replacesHostKey: true };
    lab.fleet.runLicensingPlan(former, ensureClientPlan(desired), {});
    assert.equal(lab.fleet.snapshot(former).productKeyChannel, "Volume:GVLK");
  });

  it("R145: a former KMS host reads its new key at once, and only then", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const former = bootHost(lab, "former");
    const desired = { ...desiredClientState(setupKey), replacesHostKey: true };
    const refreshed = () =>
      lab.fleet
        .runLicensingPlan(former, ensureClientPlan(desired), {})
        .operations.find(({ id }) => id === "refreshStatus")?.result;
    assert.equal(refreshed(), "done");
    assert.equal(refreshed(), "skipped");
    const others = ensureClientPlan(desiredClientState(setupKey)).operations;
    assert.equal(others.find(({ id }) => id === "refreshStatus")?.onlyAfter, "installKey");
  });

  it("R146: a machine with a MAK gets the setup key and asks for activation", () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const id = boot(lab, "web");
    install(lab, id, mak);
    assert.equal(lab.fleet.snapshot(id).productKeyChannel, "Volume:MAK");
    const answer = ensureClient(lab, id);
    assert.deepEqual(
      answer.operations
        .filter(({ result }) => result !== "skipped")
        .map(({ id: name, result }) => `${name} ${result}`),
      ["installKey done", "refreshStatus done", "activate failed"],
    );
    assert.equal(lab.fleet.snapshot(id).productKeyChannel, "Volume:GVLK");
  });

  it("R147: a retail copy gets the setup key", () => {
    const lab = testLab();
    const id = boot(lab, "web", { ...server2022, setupKey: undefined, channel: "Retail" });
    assert.equal(lab.fleet.snapshot(id).productKeyChannel, "Retail");
    ensureClient(lab, id);
    assert.equal(lab.fleet.snapshot(id).productKeyChannel, "Volume:GVLK");
  });

  it("R147: an evaluation copy does not take one", () => {
    const lab = testLab();
    const evaluation = { ...server2022, editionId: "ServerDatacenterEval", setupKey: undefined };
    const id = boot(lab, "web", { ...evaluation, channel: "Retail:TB:Eval" });
    assert.deepEqual(ensureClient(lab, id).operations[0], {
      id: "installKey",
      result: "failed",
      hresult: "0xC004F015",
    });
  });

  it("R148: the applicable key is that of the edition that the machine shows", () => {
    assert.equal(setupKeyOf("Windows Server 2022", "ServerDatacenter"), setupKey);
    assert.equal(setupKeyOf("Windows Server 2022", "ServerStandard"), setupKeys.server2022Standard);
    assert.equal(setupKeyOf("Windows Server 2022", "ServerDatacenterEval"), undefined);
    const [operation] = ensureClientPlan(desiredClientState(setupKey)).operations;
    assert.deepEqual(operation.arguments, { ProductKey: setupKey });
  });
});
