import assert from "node:assert/strict";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { type Arm, startArm } from "./arm-fixture";
import { groupPath } from "./arm-names";

describe("lab/arm: any request", () => {
  let arm: Arm;
  let port: number;
  before(async () => {
    arm = await startArm();
    port = Number(new URL(arm.endpoint).port);
  });
  after(() => arm.close());

  /** Sends bytes as they are and gives the status of the answer; undefined for none. */
  async function send(text: string, { cut = false } = {}): Promise<number | undefined> {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data: Buffer) => {
      answer += data.toString("latin1");
      socket.end();
    });
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.write(text);
    if (cut) {
      await setTimeout(5);
      socket.destroy();
    }
    const patience = AbortSignal.timeout(300);
    patience.addEventListener("abort", () => socket.destroy());
    await closed;
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
    return status === undefined ? undefined : Number(status);
  }

  const request = (first: string, headers: string[], body = "") =>
    [first, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close", "", body].join(
      "\r\n",
    );
  const host = () => `Host: 127.0.0.1:${port}`;
  const get = (path: string, ...headers: string[]) => send(request(`GET ${path} HTTP/1.1`, headers));

  it("answers only under a name of loopback, and no page of a browser", async () => {
    const identity = "/lab/identity";
    assert.equal(await get(identity, host()), 200);
    assert.equal(await get(identity, "Host: localhost"), 200);
    for (const name of ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "a b", "[::1"]) {
      assert.ok([400, 403].includes((await get(identity, `Host: ${name}`)) ?? 0), name);
    }
    for (const origin of [
      "Origin: http://evil.example",
      "Origin: null",
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Site: same-site",
    ]) {
      assert.equal(await get(identity, host(), origin), 403, origin);
      const reset = request("POST /lab/shutdown HTTP/1.1", [host(), origin, "Content-Type: text/plain"]);
      assert.equal(await send(reset), 403, origin);
    }
  });

  it("refuses control calls with values that would break the lab for good", async () => {
    const post = (path: string, body: object) =>
      fetch(`${arm.endpoint}/lab/${path}`, { method: "POST", body: JSON.stringify(body) });
    assert.equal((await post("clock", { advanceMinutes: 1e300 })).status, 400);
    assert.equal((await post("faults", { match: ".", status: 1000 })).status, 400);
    assert.equal((await post("faults", { match: ".", delayMilliseconds: -1 })).status, 400);
    assert.equal((await post("machines/%E0%A4%A/stop", {})).status, 400);
    assert.ok(Number.isFinite((await arm.control.now()).getTime()));
  });

  it("survives odd URLs, bodies, content types and cut connections", async function () {
    this.timeout(60_000);
    const path = fc.oneof(
      fc.constantFrom(
        "//",
        "/%",
        "/%E0%A4%A",
        "/lab/",
        "/lab/machines/x/ssh",
        "*",
        "http://[::1",
        "/lab/machines/%00/stop",
      ),
      fc.constant(`${groupPath("rg")}?api-version=2024-03-01`),
      fc.webPath(),
      fc.string({ unit: "binary-ascii" }).map((text) => `/${text.replace(/[^\x21-\x7e]/g, "")}`),
    );
    const body = fc.oneof(
      fc.constantFrom("", "{", "null", "[]", '"', '{"location":{"a":[]}}', "\u0000", '{"__proto__":1}'),
      fc.json(),
    );
    const method = fc.constantFrom("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND");
    const type = fc.constantFrom(
      "application/json",
      "text/plain",
      "multipart/form-data; boundary=x",
      "\u00ff",
    );
    await fc.assert(
      fc.asyncProperty(
        method,
        path,
        type,
        body,
        fc.boolean(),
        async (verb, target, contentType, text, cut) => {
          fc.pre(target !== "/lab/shutdown");
          await send(request(`${verb} ${target} HTTP/1.1`, [host(), `Content-Type: ${contentType}`], text), {
            cut,
          });
        },
      ),
      { numRuns: 80, seed: 20_261_129 },
    );
    await send(request("PUT /lab/identity HTTP/1.1", [host()], "x".repeat(5_000_000)));
    assert.equal(await get("/lab/identity", host()), 200);
    assert.ok((await arm.control.resources()).length >= 0);
  });
});
