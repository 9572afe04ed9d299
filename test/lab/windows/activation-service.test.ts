import assert from "node:assert/strict";
import { activationService } from "../../../provider/lab/windows/activation-service";

const limitExceeded = { hresult: "0xC004C008" };

describe("activation service", () => {
  it("activates a key on six machines and refuses the seventh", () => {
    const service = activationService();
    for (let host = 1; host <= 6; host++) {
      service.activate("AAAAA", `host-${host}`);
    }
    assert.throws(() => service.activate("AAAAA", "host-7"), limitExceeded);
    assert.equal(service.usage("AAAAA").length, 6);
  });

  it("activates a machine ten times and refuses the eleventh", () => {
    const service = activationService();
    for (let time = 1; time <= 10; time++) {
      service.activate("AAAAA", "host");
    }
    assert.throws(() => service.activate("AAAAA", "host"), limitExceeded);
    assert.deepEqual(service.usage("AAAAA"), [{ machineId: "host", activations: 10 }]);
  });

  it("still reactivates a known machine of a key whose six hosts are used up", () => {
    const service = activationService();
    ["a", "b", "c", "d", "e", "f", "a"].forEach((host) => service.activate("AAAAA", host));
    assert.equal(service.usage("AAAAA")[0]?.activations, 2);
  });

  it("keeps keys apart", () => {
    const service = activationService();
    ["a", "b", "c", "d", "e", "f"].forEach((host) => service.activate("AAAAA", host));
    service.activate("BBBBB", "g");
    assert.deepEqual(service.usage("BBBBB"), [{ machineId: "g", activations: 1 }]);
    assert.deepEqual(service.usage("CCCCC"), []);
  });
});
