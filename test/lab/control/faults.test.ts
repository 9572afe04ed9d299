import assert from "node:assert/strict";
import { type Arm, startArm } from "../arm/arm-fixture";
import { refusal } from "../arm/arm-names";

describe("lab/arm faults", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
  });
  afterEach(() => arm.close());

  const zone = () =>
    arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "global" });

  it("refuses the next requests that match, and only as many", async () => {
    await arm.control.addFault({ match: "PUT .*/privateDnsZones/", times: 2, status: 409, code: "Busy" });
    await assert.rejects(zone(), refusal(409, "Busy"));
    await assert.rejects(zone(), refusal(409, "Busy"));
    assert.equal((await zone()).name, "corp.example");
  });

  it("says when to come back", async () => {
    await arm.control.addFault({ match: "GET", status: 429, code: "TooManyRequests", retryAfterSeconds: 3 });
    const answer = await fetch(`${arm.endpoint}/subscriptions/x/resourcegroups?api-version=2024-03-01`);
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get("retry-after"), "3");
  });

  it("loses an answer after the work was done", async () => {
    await zone();
    await arm.control.addFault({ match: "PUT .*/A/kms", afterWork: true });
    const set = { ttl: 60, aRecords: [{ ipv4Address: "10.0.1.4" }] };
    await assert.rejects(arm.dns.recordSets.createOrUpdate("rg", "corp.example", "A", "kms", set));
    assert.equal((await arm.dns.recordSets.get("rg", "corp.example", "A", "kms")).ttl, 60);
  });

  it("delays a request and lets it pass", async () => {
    await arm.control.addFault({ match: "PUT .*/privateDnsZones/corp.example$", delayMilliseconds: 60 });
    const start = performance.now();
    await zone();
    assert.ok(performance.now() - start >= 55);
  });

  it("forgets faults when asked", async () => {
    await arm.control.addFault({ match: ".", times: 100, status: 500 });
    await arm.control.clearFaults();
    assert.equal((await zone()).name, "corp.example");
  });

  it("refuses a fault that it does not understand", async () => {
    await assert.rejects(arm.control.addFault({ match: "(" }), { code: "KMS7102" });
    const wrong = { match: ".", afterWrok: true } as unknown as { match: string };
    await assert.rejects(arm.control.addFault(wrong), /KMS7102.*afterWrok/);
  });
});
