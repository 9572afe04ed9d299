import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { openLoopbackPort } from "./loopback-port";

describe("a port of loopback for both protocols", () => {
  it("is another one where something else has it for UDP", async () => {
    const taken = createSocket("udp4").bind(0, "127.0.0.1");
    await once(taken, "listening");
    try {
      const { port, tcp, udp } = await openLoopbackPort(taken.address().port);
      assert.notEqual(port, taken.address().port);
      assert.equal(udp.address().port, port);
      tcp.close();
      udp.close();
    } finally {
      taken.close();
    }
  });
});
