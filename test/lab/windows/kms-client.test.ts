import assert from "node:assert/strict";
import { memberDrift } from "../../../provider/group/member";
import { memberState } from "../../../provider/group/member";
import { ensureClientPlan } from "../../../provider/group/plan";
import {
  activate,
  boot,
  bootClients,
  bootHost,
  call,
  desiredClientState,
  ensureClient,
  group2022,
  hostKey,
  install,
  publish,
  run,
  server2019,
  server2022,
  server2025,
  setupKeys,
  testLab,
  windows10,
} from "./test-lab";

const desired = desiredClientState(setupKeys.server2022Datacenter);

describe("KMS client in the lab", () => {
  it("is activated from the count of 5 on, as a server", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    const answers = ["a", "b", "c", "d", "e", "f"].map((name) => ensureClient(lab, boot(lab, name)));
    const member = { name: "web", azureVmId: "web" };
    const states = answers.map((answer) => memberState(member, desired, answer, (hresult) => hresult));
    assert.deepEqual(
      states.map(({ status, currentCount }) => `${status} ${currentCount}`),
      ["Pending 1", "Pending 2", "Pending 3", "Pending 4", "Licensed 5", "Licensed 6"],
    );
    assert.equal(states[4]?.kmsHost, "kms1.corp.example");
    assert.equal(states[4]?.expiresAt, "2026-06-30T00:00Z");
    assert.deepEqual(memberDrift(desired, answers[4]), []);
  });

  it("is activated from the count of 25 on, as a client system", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    bootClients(lab, 23, "pc", windows10);
    assert.equal(activate(lab, boot(lab, "pc24", windows10)), "0xC004F038");
    assert.equal(activate(lab, boot(lab, "pc25", windows10)), "done");
  });

  it("counts servers and client systems together", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    bootClients(lab, 3, "pc", windows10);
    const server = boot(lab, "server");
    const answer = ensureClient(lab, server);
    assert.equal(answer.events.response?.split(", ")[4], "4");
    assert.equal(activate(lab, boot(lab, "server2")), "done");
  });

  it("counts machines that were cloned with their client machine ID once", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms1");
    const clone = { ...server2022, clientMachineId: "5ab2e4c5-0000-4000-8000-000000000001" };
    bootClients(lab, 8, "clone", clone);
    assert.equal(lab.fleet.snapshot(host).currentCount, 1);
    assert.equal(activate(lab, boot(lab, "other")), "0xC004F038");
  });

  it("has 180 days, in minutes, and the host's intervals", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    const id = bootClients(lab, 5)[4];
    const read = ["LicenseStatus", "LicenseStatusReason", "GracePeriodRemaining", "VLRenewalInterval"];
    assert.deepEqual(run(lab, id, [], { product: read }).product, {
      LicenseStatus: 1,
      LicenseStatusReason: 0,
      GracePeriodRemaining: 259_200,
      VLRenewalInterval: 10_080,
    });
  });

  it("logs what it asked and what it was answered", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    bootClients(lab, 3);
    const id = boot(lab, "web4");
    const { clientMachineId } = lab.fleet.snapshot(id);
    const answer = ensureClient(lab, id);
    const fields = answer.events.request?.split(", ") ?? [];
    assert.deepEqual(fields.slice(0, 8), [
      "0x00000000",
      "0x00000000",
      "kms1.corp.example:1688",
      clientMachineId,
      "2026/01/01 00:00",
      "1",
      "2",
      "43200",
    ]);
    assert.match(fields[8] ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(fields[9], "5");
    assert.equal(answer.events.response, "0xC004F038, 0x04000000, 0, 0, 4, 120, 10080, 2026/01/01 00:00");
    const next = ensureClient(lab, boot(lab, "web5"));
    assert.equal(next.events.response, "0x00000000, 0x00000000, 1, 0, 5, 120, 10080, 2026/01/01 00:00");
  });

  it("fails with 0xC004F074 over 0x800706BA when the host does not respond", () => {
    const reasons: ((lab: ReturnType<typeof testLab>, host: string) => void)[] = [
      (lab, host) => lab.fleet.stop(host),
      (lab, host) => lab.fleet.remove(host),
      (lab, host) => lab.blocked.add(`/vms/web1 ${host} 1688`),
      (lab) => lab.records.set("corp.example", [{ priority: 0, weight: 0, port: 1689, target: "kms1" }]),
      (lab, host) => install(lab, host, setupKeys.server2022Datacenter),
    ];
    for (const reason of reasons) {
      const lab = testLab();
      reason(lab, bootHost(lab, "kms1"));
      const answer = ensureClient(lab, boot(lab, "web1"));
      assert.equal(answer.operations.at(-1)?.hresult, "0xC004F074");
      assert.equal(answer.events.request?.split(",")[0], "0x800706BA");
    }
  });

  it("does not get through the host's own firewall before the rule is enabled for the network's profile", () => {
    const lab = testLab();
    const key = hostKey(group2022);
    const host = boot(lab, "kms1");
    install(lab, host, key);
    activate(lab, host);
    publish(lab, "kms1");
    const client = boot(lab, "web1");
    const allow = (profiles: string) =>
      call(lab, host, {
        on: "firewall",
        method: "Allow",
        arguments: { Name: "SPPSVC-In-TCP", Port: 1688, Profiles: profiles },
      });
    assert.equal(activate(lab, client), "0xC004F074");
    allow("Domain,Private");
    assert.equal(activate(lab, client), "0xC004F074");
    allow("Domain,Private,Public");
    assert.equal(activate(lab, client), "0xC004F038");
  });

  it("is told 0xC004F041 by a KMS host that is not activated", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms1");
    install(lab, host, hostKey(group2022));
    assert.equal(activate(lab, boot(lab, "web1")), "0xC004F041");
  });

  it("is told 0xC004F042 by a KMS host whose key group does not serve it, and is not counted", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms1");
    assert.equal(activate(lab, boot(lab, "new", server2025)), "0xC004F042");
    assert.equal(lab.fleet.snapshot(host).currentCount, 0);
    assert.equal(activate(lab, boot(lab, "old", server2019)), "0xC004F038");
    assert.equal(lab.fleet.snapshot(host).currentCount, 1);
  });

  it("is told 0xC004F06C when its clock is more than four hours off", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    assert.equal(activate(lab, boot(lab, "near", { ...server2022, clockSkewMinutes: 240 })), "0xC004F038");
    assert.equal(activate(lab, boot(lab, "far", { ...server2022, clockSkewMinutes: -241 })), "0xC004F06C");
  });

  it("needs a product key to ask: 0xC004F014", () => {
    const lab = testLab();
    assert.equal(activate(lab, boot(lab, "bare", { ...server2022, setupKey: undefined })), "0xC004F014");
  });
});

describe("a KMS host on a port of Windows", () => {
  it("is reached by nobody", () => {
    const lab = testLab();
    const id = bootHost(lab, "kms1");
    const reached = (port: number) => {
      const method = "SetKeyManagementServiceListeningPort";
      const allow = { Name: `kms${port}`, Port: port, Profiles: "Any" };
      call(lab, id, { on: "service", method, arguments: { PortNumber: port } });
      call(lab, id, { on: "firewall", method: "Allow", arguments: allow });
      call(lab, id, { on: "windowsService", method: "Restart", arguments: { Name: "sppsvc" } });
      const pinned = ensureClientPlan({
        ...desiredClientState(setupKeys.server2022Datacenter),
        discovery: "fixedHost",
        host: { name: "kms1.corp.example", port },
      });
      return lab.fleet.runLicensingPlan(boot(lab, `pinned${port}`), pinned, {}).operations.at(-1)?.hresult;
    };
    assert.equal(reached(445), "0xC004F074");
    assert.equal(reached(446), "0xC004F038");
  });
});
