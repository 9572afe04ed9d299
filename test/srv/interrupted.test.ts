import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { azureClients } from "../../provider/azure/clients";
import { PartialFailure } from "../../provider/engine/handler";
import { StoppedError } from "../../provider/machine/stopped";
import { azurePrivateDns } from "../../provider/srv/azure-private-dns";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import { srvRecordHandlerOn } from "../../provider/srv/handler";
import { untilPublished } from "../../provider/srv/host-record";
import type { SrvRecordInputs } from "../../provider/srv/state";
import { fakeClock, settled } from "../engine/fake-clock";
import { azureEndpoint } from "../environment";
import { muted } from "../faults/muted";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { subscriptionId } from "../lab/arm/arm-names";
import { emptyAnswer, stubDns } from "./stub-dns";

const record = { priority: 0, weight: 0, port: 1688, target: "kms01.corp.example" };

const isStopped =
  (begun: boolean, message = /^KMS3034 /) =>
  (error: unknown) =>
    error instanceof StoppedError && error.begun === begun && message.test(error.message);

describe("work in a zone that is interrupted", () => {
  it("waits no longer for a record of Windows, and says for which", async () => {
    const clock = fakeClock();
    const stopping = new AbortController();
    const refuse = () => assert.fail("written to");
    let looks = 0;
    const list = async () => {
      looks += 1;
      return [];
    };
    const read = async () => ({ records: await list() });
    const zone = { name: "corp.example", list, read, add: refuse, remove: refuse };
    const waiting = untilPublished(zone, record, clock, stopping.signal);
    await settled();
    assert.equal(looks, 1);
    stopping.abort();
    await assert.rejects(
      waiting,
      isStopped(false, /^KMS3034 work on the record of kms01\.corp\.example in corp\.example was not begun/),
    );
  });

  it("asks no server for dynamic updates any more", async () => {
    const server = await stubDns((request) => emptyAnswer(request));
    const stopping = new AbortController();
    const settings = { signal: stopping.signal, firstPauseMilliseconds: 1 };
    const zone = rfc2136({ zoneName: "corp.example", servers: [server.server] }, settings);
    assert.deepEqual(await zone.list(), []);
    stopping.abort();
    const asked = server.asked.length;
    await assert.rejects(zone.list(), isStopped(false));
    await assert.rejects(zone.add(record, 600), isStopped(false));
    assert.equal(server.asked.length, asked);
    await server.stop();
  });
});

describe("work in an Azure private DNS zone that is interrupted", () => {
  const zoneName = "corp.example";
  const zoneId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${zoneName}`;
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let stopping: AbortController;

  beforeEach(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
    stopping = new AbortController();
  });
  afterEach(async () => {
    await arm.close();
  });

  const inputs: SrvRecordInputs = {
    kind: "SrvRecord",
    name: "kms",
    zone: { zoneName, azurePrivateZoneId: zoneId },
    computerName: "kms01",
    ...record,
    ttlSeconds: 600,
    publishedBy: "package",
    addressRecord: "10.0.0.4",
    ready: true,
    readOnly: false,
  };
  const handler = srvRecordHandlerOn(fakeClock(), () => stopping.signal);
  const zoneWithGrace = (graceMilliseconds: number) =>
    azurePrivateDns(zoneId, azureClients(process.env).privateDns(subscriptionId), {
      signal: stopping.signal,
      graceMilliseconds,
    });
  const records = () => azurePrivateDns(zoneId, azureClients(process.env).privateDns(subscriptionId)).list();

  it("keeps the address that it wrote, and the next update writes the record", async () => {
    await arm.control.addFault({ match: "PUT .*/A/kms01", delayMilliseconds: 200 });
    void setTimeout(100).then(() => stopping.abort());
    const failure = await muted(() => handler.create(inputs)).catch((error: unknown) => error);
    assert.ok(failure instanceof PartialFailure && isStopped(false)(failure.cause), String(failure));
    assert.deepEqual(await records(), []);
    stopping = new AbortController();
    await muted(() => handler.update("id", failure.properties as never, inputs));
    assert.deepEqual(await records(), [record]);
  });

  it("removes nothing after the signal", async () => {
    const { outs } = await muted(() => handler.create(inputs));
    stopping.abort();
    await assert.rejects(handler.remove("id", outs), isStopped(false));
    assert.deepEqual(await records(), [record]);
  });

  for (const [what, match, begun] of [
    ["a write", "PUT .*/SRV/", true],
    ["a look", "GET .*/SRV/", false],
  ] as const) {
    it(`gives up ${what} that Azure throttles once the grace is over`, async () => {
      await arm.control.addFault({ match, status: 429, retryAfterSeconds: 3, times: 100 });
      void setTimeout(50).then(() => stopping.abort());
      await assert.rejects(zoneWithGrace(20).add(record, 600), isStopped(begun));
      await arm.control.clearFaults();
      assert.deepEqual(await records(), []);
    });
  }
});
