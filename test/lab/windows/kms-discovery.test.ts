import assert from "node:assert/strict";
import fc from "fast-check";
import { ensureClientPlan } from "../../../provider/group/plan";
import { srvOrder } from "../../../provider/lab/windows/kms-discovery";
import {
  activate,
  boot,
  bootClients,
  bootHost,
  call,
  desiredClientState,
  ensureClient,
  pseudoRandom,
  publish,
  server2022,
  setupKeys,
  testLab,
} from "./test-lab";

const desired = desiredClientState(setupKeys.server2022Datacenter);

describe("discovery of a KMS host in the lab", () => {
  it("fails with 0x8007232B without an SRV record", () => {
    const lab = testLab();
    const answer = ensureClient(lab, boot(lab, "web1"));
    assert.equal(answer.operations.at(-1)?.hresult, "0x8007232B");
    assert.equal(answer.events.request?.split(",")[0], "0x8007232B");
    assert.equal(answer.events.response, undefined);
  });

  it("passes over a host that does not respond, and tries the preferred one first", () => {
    const lab = testLab();
    const preferred = bootHost(lab, "kms1");
    const standby = bootHost(lab, "kms2");
    lab.records.clear();
    publish(lab, "kms2", { priority: 10 });
    publish(lab, "kms1", { priority: 0 });
    bootClients(lab, 5);
    assert.equal(lab.fleet.snapshot(preferred).currentCount, 5);
    assert.equal(lab.fleet.snapshot(standby).currentCount, 0);
    lab.fleet.stop(preferred);
    assert.equal(activate(lab, boot(lab, "late")), "0xC004F038");
    assert.equal(lab.fleet.snapshot(standby).currentCount, 1);
  });

  it("returns to the host of its last success, unless caching is off", () => {
    const lab = testLab();
    const first = bootHost(lab, "kms1");
    const id = bootClients(lab, 5)[4];
    const second = bootHost(lab, "kms2");
    lab.records.clear();
    publish(lab, "kms2");
    assert.equal(activate(lab, id), "done");
    assert.equal(lab.fleet.snapshot(first).currentCount, 5);
    assert.equal(lab.fleet.snapshot(second).currentCount, 0);
    call(lab, id, {
      on: "service",
      method: "DisableKeyManagementServiceHostCaching",
      arguments: { DisableCaching: true },
    });
    assert.equal(activate(lab, id), "0xC004F038");
    assert.equal(lab.fleet.snapshot(second).currentCount, 1);
  });

  it("asks only its fixed host, by name and port", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms1");
    bootClients(lab, 4);
    lab.records.clear();
    const plan = ensureClientPlan({
      ...desired,
      discovery: "fixedHost",
      host: { name: "kms1.corp.example", port: 1688 },
    });
    const answer = lab.fleet.runLicensingPlan(boot(lab, "pinned"), plan, {});
    assert.deepEqual(
      answer.operations.map((operation) => `${operation.id} ${operation.result}`),
      [
        "installKey skipped",
        "refreshStatus skipped",
        "clearLookupDomain skipped",
        "setHost done",
        "setPort skipped",
        "activateWithNewHost done",
        "refreshNewHost done",
        "activate skipped",
        "refreshActivation skipped",
      ],
    );
    assert.equal(answer.service.KeyManagementServiceMachine, "kms1.corp.example");
    assert.equal(answer.product?.DiscoveredKeyManagementServiceMachineName, null);
    assert.equal(lab.fleet.snapshot(host).currentCount, 5);
  });

  it("looks in the zone it is told to", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    lab.records.set("kms.example", lab.records.get("corp.example")!);
    lab.records.delete("corp.example");
    const id = boot(lab, "web1");
    assert.equal(ensureClient(lab, id).operations.at(-1)?.hresult, "0x8007232B");
    const plan = ensureClientPlan({ ...desired, lookupDomain: "kms.example" });
    assert.equal(lab.fleet.runLicensingPlan(id, plan, {}).operations.at(-1)?.hresult, "0xC004F038");
  });

  it("looks in its AD domain rather than the network's suffix", () => {
    const lab = testLab();
    bootHost(lab, "kms1");
    assert.equal(activate(lab, boot(lab, "member", { ...server2022, domain: "ad.example" })), "0x8007232B");
    lab.records.set("ad.example", lab.records.get("corp.example")!);
    assert.equal(activate(lab, boot(lab, "other", { ...server2022, domain: "ad.example" })), "0xC004F038");
  });
});

const record = (target: string, priority: number, weight = 0) => ({ target, priority, weight, port: 1688 });
const targets = (records: { target: string }[]) => records.map(({ target }) => target);

describe("order of SRV records", () => {
  it("puts a lower priority first, whatever the weights", () => {
    const records = [record("c", 20, 100), record("a", 0, 1), record("b", 10, 50)];
    assert.deepEqual(targets(srvOrder(records, () => 0.99)), ["a", "b", "c"]);
  });

  it("picks among equals by weight", () => {
    const records = [record("light", 0, 10), record("heavy", 0, 30)];
    assert.deepEqual(targets(srvOrder(records, () => 0.24)), ["light", "heavy"]);
    assert.deepEqual(targets(srvOrder(records, () => 0.25)), ["heavy", "light"]);
  });

  it("picks among equals without weight at random", () => {
    const records = [record("a", 0), record("b", 0)];
    assert.deepEqual(targets(srvOrder(records, () => 0.49)), ["a", "b"]);
    assert.deepEqual(targets(srvOrder(records, () => 0.5)), ["b", "a"]);
  });

  it("keeps every record once", () => {
    const records = fc.array(
      fc.record({ target: fc.uuid(), priority: fc.nat({ max: 3 }), weight: fc.nat({ max: 9 }) }),
    );
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 1000 }), (list, seed) => {
        const given = list.map(({ target, priority, weight }) => record(target, priority, weight));
        const ordered = srvOrder(given, pseudoRandom(seed));
        assert.deepEqual(targets(ordered).sort(), targets(given).sort());
        const priorities = ordered.map(({ priority }) => priority);
        assert.deepEqual(
          priorities,
          [...priorities].sort((left, right) => left - right),
        );
      }),
      { seed: 20_260_103 },
    );
  });
});
