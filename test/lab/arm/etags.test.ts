import assert from "node:assert/strict";
import { startArm, type Arm } from "./arm-fixture";
import { refusal } from "./arm-names";

describe("lab/arm etags", () => {
  let arm: Arm;
  const place = ["rg", "corp.example", "SRV", "_vlmcs._tcp"] as const;
  const record = (target: string, weight = 0) => ({ priority: 0, weight, port: 1688, target });
  const set = (...targets: string[]) => ({ ttl: 60, srvRecords: targets.map((target) => record(target)) });

  beforeEach(async () => {
    arm = await startArm();
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "global" });
  });
  afterEach(() => arm.close());

  it("gives a new etag with each write", async () => {
    const first = await arm.dns.recordSets.createOrUpdate(...place, set("a.corp.example"));
    const second = await arm.dns.recordSets.createOrUpdate(...place, set("a.corp.example"));
    assert.notEqual(first.etag, second.etag);
    assert.equal((await arm.dns.recordSets.get(...place)).etag, second.etag);
  });

  it("refuses a write or deletion with an old etag", async () => {
    const { etag } = await arm.dns.recordSets.createOrUpdate(...place, set("a.corp.example"));
    await arm.dns.recordSets.createOrUpdate(...place, set("a.corp.example", "b.corp.example"), {
      ifMatch: etag,
    });
    await assert.rejects(
      arm.dns.recordSets.createOrUpdate(...place, set("c.corp.example"), { ifMatch: etag }),
      refusal(412, "PreconditionFailed"),
    );
    await assert.rejects(
      arm.dns.recordSets.delete(...place, { ifMatch: etag }),
      refusal(412, "PreconditionFailed"),
    );
    const { srvRecords } = await arm.dns.recordSets.get(...place);
    assert.deepEqual(
      srvRecords?.map(({ target }) => target),
      ["a.corp.example", "b.corp.example"],
    );
  });

  it("creates only what is not there with If-None-Match", async () => {
    await arm.dns.recordSets.createOrUpdate(...place, set("a.corp.example"), { ifNoneMatch: "*" });
    await assert.rejects(
      arm.dns.recordSets.createOrUpdate(...place, set("b.corp.example"), { ifNoneMatch: "*" }),
      refusal(412, "PreconditionFailed"),
    );
  });

  it("lets twenty writers add their record by compare-and-swap", async () => {
    const add = async (target: string): Promise<void> => {
      const old = await arm.dns.recordSets.get(...place);
      const srvRecords = [...(old.srvRecords ?? []), record(target)];
      try {
        await arm.dns.recordSets.createOrUpdate(...place, { ttl: 60, srvRecords }, { ifMatch: old.etag });
      } catch (error) {
        assert.equal((error as { statusCode: number }).statusCode, 412);
        await add(target);
      }
    };
    await arm.dns.recordSets.createOrUpdate(...place, { ttl: 60, srvRecords: [] });
    await Promise.all(Array.from({ length: 20 }, (_, index) => add(`kms${index}.corp.example`)));
    assert.equal((await arm.dns.recordSets.get(...place)).srvRecords?.length, 20);
  });

  it("refuses records that are the same but for their port", async () => {
    const srvRecords = [record("a.corp.example"), { ...record("A.corp.example."), port: 1689 }];
    await assert.rejects(
      arm.dns.recordSets.createOrUpdate(...place, { ttl: 60, srvRecords }),
      refusal(400, "BadRequest"),
    );
    await arm.dns.recordSets.createOrUpdate(...place, {
      ttl: 60,
      srvRecords: [record("a.corp.example"), record("a.corp.example", 1)],
    });
  });
});
