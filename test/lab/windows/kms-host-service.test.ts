import assert from "node:assert/strict";
import { ensureClientPlan } from "../../../provider/group/plan";
import { ensureHostPlan, hostDrift, observeHostPlan, retireHostPlan } from "../../../provider/host/plan";
import { hostState } from "../../../provider/host/observed";
import {
  activate,
  boot,
  bootClients,
  bootHost,
  call,
  desiredClientState,
  group2022,
  hostKey,
  desiredHostState,
  install,
  run,
  server2022,
  setupKeys,
  startOfTest,
  testLab,
  type TestLab,
  windows10,
} from "./test-lab";

const key = hostKey(group2022);
const plan = ensureHostPlan(desiredHostState(key));

describe("KMS host in the lab", () => {
  it("becomes as the plan wants it", () => {
    const lab = testLab();
    const id = boot(lab, "kms1");
    const answer = lab.fleet.runLicensingPlan(id, plan, { productKey: key });
    assert.deepEqual(
      answer.operations.map((operation) => `${operation.id} ${operation.result}`),
      [
        "installRole done",
        "installKey done",
        "refreshStatus done",
        "stopPublishing done",
        "restartBeforeActivation done",
        "activate done",
        "refreshActivation done",
        "setPort skipped",
        "setActivationInterval skipped",
        "setRenewalInterval skipped",
        "setPriority skipped",
        "setPublishing skipped",
        "allowPort done",
        "restartService skipped",
      ],
    );
    const state = hostState(answer);
    assert.deepEqual(hostDrift(desiredHostState(key), state), []);
    assert.equal(state.licenseStatus, "Licensed");
    assert.equal(state.productKeyChannel, "Volume:CSVLK");
    assert.deepEqual(Object.values(answer.features), ["Installed"]);
    assert.deepEqual(Object.values(answer.firewall), ["enabled:1688:Domain,Private,Public"]);
    assert.equal(state.currentCount, 0);
    assert.equal(state.utc, new Date(startOfTest).toISOString());
  });

  it("is not touched by the same plan again, and spends no activation", () => {
    const lab = testLab();
    const id = boot(lab, "kms1");
    lab.fleet.runLicensingPlan(id, plan, { productKey: key });
    const answer = lab.fleet.runLicensingPlan(id, plan, { productKey: key });
    assert.deepEqual(new Set(answer.operations.map(({ result }) => result)), new Set(["skipped"]));
    assert.deepEqual(lab.fleet.activationService.usage(key.slice(-5)), [
      { machineId: lab.fleet.snapshot(id).uuid, activations: 1 },
    ]);
  });

  it("stops at an activation that Microsoft refuses, with the settings left alone", () => {
    const lab = testLab();
    for (let host = 1; host <= 6; host++) {
      bootHost(lab, `kms${host}`);
    }
    const answer = lab.fleet.runLicensingPlan(boot(lab, "kms7"), plan, { productKey: key });
    assert.deepEqual(answer.operations.at(-1), {
      id: "activate",
      result: "failed",
      hresult: "0xC004C008",
    });
    assert.equal(answer.product?.LicenseStatus, 2);
    assert.equal(answer.firewall["pulumi-windows-kms-In-TCP"], "absent");
  });

  it("counts an activation for each machine, also when one is made anew under its name", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    lab.fleet.remove(id);
    bootHost(lab, "kms1");
    assert.deepEqual(
      lab.fleet.activationService.usage(key.slice(-5)).map(({ activations }) => activations),
      [1, 1],
    );
  });

  it("refuses its intervals with 0xC004F039 on a client and 0xC004F041 before activation, and nothing else", () => {
    const lab = testLab();
    const id = boot(lab, "kms1");
    const setPort = {
      on: "service",
      method: "SetKeyManagementServiceListeningPort",
      arguments: { PortNumber: 1700 },
    } as const;
    const setInterval = {
      on: "service",
      method: "SetVLRenewalInterval",
      arguments: { RenewalInterval: 43_200 },
    } as const;
    assert.equal(call(lab, id, setPort), "done");
    assert.equal(call(lab, id, setInterval), "0xC004F039");
    assert.equal(install(lab, id, key), "done");
    assert.equal(call(lab, id, setInterval), "0xC004F041");
    assert.equal(call(lab, id, { on: "product", method: "Activate" }), "done");
    assert.equal(call(lab, id, setInterval), "0xC004F041", "it looks at its licenses first");
    assert.equal(call(lab, id, { on: "service", method: "RefreshLicenseStatus" }), "done");
    assert.equal(call(lab, id, setInterval), "done");
  });

  it("listens on another port, and answers with other intervals, once its service was restarted", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    bootClients(lab, 4);
    const setPort = {
      on: "service",
      method: "SetKeyManagementServiceListeningPort",
      arguments: { PortNumber: 1700 },
    } as const;
    const allow = { Name: "kms", Port: 1700, Profiles: "Any" };
    assert.equal(call(lab, id, setPort), "done");
    assert.equal(call(lab, id, { on: "firewall", method: "Allow", arguments: allow }), "done");
    const pinned = ensureClientPlan({
      ...desiredClientState(setupKeys.server2022Datacenter),
      discovery: "fixedHost",
      host: { name: "kms1.corp.example", port: 1700 },
    });
    const asked = () =>
      lab.fleet.runLicensingPlan(boot(lab, `pinned${lab.fleet.snapshots().length}`), pinned, {}).operations;
    assert.equal(asked().at(-1)?.hresult, "0xC004F074");
    assert.equal(lab.fleet.snapshot(id).currentCount, 4);
    const restart = { on: "windowsService", method: "Restart", arguments: { Name: "sppsvc" } } as const;
    assert.equal(call(lab, id, restart), "done");
    assert.equal(lab.fleet.snapshot(id).currentCount, 0, "it counts anew");
    assert.equal(asked().at(-1)?.hresult, "0xC004F038");
  });

  it("refuses intervals outside 15 to 43,200 minutes", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    const interval = (minutes: number) =>
      call(lab, id, {
        on: "service",
        method: "SetVLActivationInterval",
        arguments: { ActivationInterval: minutes },
      });
    assert.equal(interval(14), "0x80070057");
    assert.equal(interval(15), "done");
    assert.equal(interval(43_200), "done");
    assert.equal(interval(43_201), "0x80070057");
  });

  it("shows no count before the first request, then the machines counted and their requests", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    const read = {
      product: [
        "KeyManagementServiceCurrentCount",
        "IsKeyManagementServiceMachine",
        "RequiredClientCount",
        "KeyManagementServiceTotalRequests",
        "KeyManagementServiceFailedRequests",
        "KeyManagementServiceOOBGraceRequests",
        "KeyManagementServiceLicensedRequests",
      ],
    };
    assert.deepEqual(run(lab, id, [], read).product, {
      KeyManagementServiceCurrentCount: 4_294_967_295,
      IsKeyManagementServiceMachine: 1,
      RequiredClientCount: 5,
      KeyManagementServiceTotalRequests: 0,
      KeyManagementServiceFailedRequests: 0,
      KeyManagementServiceOOBGraceRequests: 0,
      KeyManagementServiceLicensedRequests: 0,
    });
    const clients = bootClients(lab, 5);
    activate(lab, clients[4]);
    assert.deepEqual(run(lab, id, [], read).product, {
      KeyManagementServiceCurrentCount: 5,
      IsKeyManagementServiceMachine: 1,
      RequiredClientCount: 5,
      KeyManagementServiceTotalRequests: 6,
      KeyManagementServiceFailedRequests: 0,
      KeyManagementServiceOOBGraceRequests: 5,
      KeyManagementServiceLicensedRequests: 1,
    });
  });

  it("becomes a KMS client again when its setup key is installed", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    bootClients(lab, 5);
    const { partialProductKey } = lab.fleet.snapshot(id);
    const answer = lab.fleet.runLicensingPlan(
      id,
      retireHostPlan(setupKeys.server2022Datacenter, [partialProductKey]),
      {},
    );
    assert.deepEqual(
      answer.operations.map(({ result }) => result),
      ["done", "done"],
    );
    assert.equal(answer.product?.ProductKeyChannel, "Volume:GVLK");
    assert.equal(activate(lab, boot(lab, "late")), "0xC004F074");
  });

  it("has lost its count after a restart", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    bootClients(lab, 7);
    assert.equal(lab.fleet.snapshot(id).currentCount, 7);
    lab.fleet.stop(id);
    lab.fleet.start(id);
    assert.equal(lab.fleet.snapshot(id).currentCount, 0);
  });

  it("reads back and does nothing with an empty plan", () => {
    const lab = testLab();
    const id = boot(lab, "kms1", { ...server2022, domain: "corp.example" });
    const answer = lab.fleet.runLicensingPlan(id, observeHostPlan(), {});
    assert.deepEqual(answer.operations, []);
    assert.deepEqual(answer.machine, {
      name: "kms1",
      domain: "corp.example",
      uuid: lab.fleet.snapshot(id).uuid,
      osBuild: "20348.4171",
      editionId: "ServerDatacenter",
      productType: 3,
      utc: "2026-01-01T00:00:00.000Z",
    });
    assert.deepEqual(answer.features, { VolumeActivation: "Available" });
    assert.deepEqual(answer.events, {});
  });

  it("needs no server features on a client system, and serves no servers there", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1", "Volume license for Windows 10", windows10);
    const answer = lab.fleet.runLicensingPlan(id, observeHostPlan(), {});
    assert.deepEqual(answer.features, { VolumeActivation: "unsupported" });
    assert.equal(answer.product?.LicenseStatus, 1);
    assert.equal(activate(lab, boot(lab, "server")), "0xC004F042");
    assert.equal(activate(lab, boot(lab, "pc", windows10)), "0xC004F038");
  });
});

const host = { name: "azkms.core.windows.net", port: 1688 };

/** Makes a machine a client of Azure's own KMS. */
function ensure(lab: TestLab, id: string, setupKey = setupKeys.server2022Datacenter) {
  const desired = { ...desiredClientState(setupKey), discovery: "fixedHost" as const, host };
  return lab.fleet.runLicensingPlan(id, ensureClientPlan(desired), {});
}

describe("Azure's own KMS in the lab", () => {
  it("activates the first machine that asks, server or client", () => {
    const lab = testLab();
    lab.inAzure = true;
    const server = ensure(lab, boot(lab, "web1"));
    assert.equal(server.product?.LicenseStatus, 1);
    assert.equal(server.service.KeyManagementServiceMachine, host.name);
    assert.equal(server.events.response?.split(", ")[0], "0x00000000");
    const client = ensure(lab, boot(lab, "pc1", windows10), setupKeys.windows10Enterprise);
    assert.equal(client.product?.LicenseStatus, 1);
  });

  it("cannot be contacted from elsewhere, as Windows says it", () => {
    const lab = testLab();
    const answer = ensure(lab, boot(lab, "web1"));
    assert.equal(answer.operations.at(-1)?.hresult, "0xC004F074");
    assert.match(answer.events.request ?? "", /^0x800706BA, 0x00000000, azkms\.core\.windows\.net:1688,/);
  });
});
