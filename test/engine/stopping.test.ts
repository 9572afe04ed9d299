import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import * as grpc from "@grpc/grpc-js";
import { stopSignal, watchCancel, watchEngine } from "../../provider/engine/stopping";
import { settled } from "./fake-clock";

describe("engine/stopping: the engine's Cancel", () => {
  const cancel = "/pulumirpc.ResourceProvider/Cancel";

  /** A server as grpc-js has it, whose calls are handled by their paths. */
  const serverModule = () => {
    class Server {
      _retrieveHandler(path: string) {
        return `handler of ${path}`;
      }
    }
    return { Server };
  };

  it("is seen, and handled as before", () => {
    const module = serverModule();
    let stopped = 0;
    watchCancel(
      () => module,
      () => void (stopped += 1),
    );
    const server = new module.Server();
    assert.equal(
      server._retrieveHandler("/pulumirpc.ResourceProvider/Update"),
      "handler of /pulumirpc.ResourceProvider/Update",
    );
    assert.equal(stopped, 0);
    assert.equal(server._retrieveHandler(cancel), `handler of ${cancel}`);
    assert.equal(stopped, 1);
  });

  const others: [string, () => unknown][] = [
    ["cannot be loaded", () => assert.fail("no such module")],
    ["has no server", () => ({})],
    ["finds its handlers in another way", () => ({ Server: class {} })],
  ];
  for (const [what, load] of others) {
    it(`is left alone where grpc-js ${what}`, () => {
      watchCancel(load, () => assert.fail("nobody cancelled"));
    });
  }

  it("can be seen in the grpc-js that the SDK comes with", () => {
    const prototype = grpc.Server.prototype as unknown as Record<string, unknown>;
    assert.equal(typeof prototype._retrieveHandler, "function");
  });

  it("is not looked for outside the engine's process", () => {
    assert.equal(stopSignal().aborted, false);
    assert.equal(stopSignal(), stopSignal());
  });
});

describe("engine/stopping: the engine's end", () => {
  let engine: Http2Server;
  let sessions: ServerHttp2Session[];

  beforeEach(async () => {
    sessions = [];
    engine = createServer();
    engine.on("session", (session: ServerHttp2Session) => void sessions.push(session));
    engine.listen(0, "127.0.0.1");
    await once(engine, "listening");
  });
  afterEach(async () => {
    await end();
  });

  const address = () => `127.0.0.1:${(engine.address() as AddressInfo).port}`;

  async function end() {
    const closed = engine.listening ? once(engine, "close") : undefined;
    engine.close();
    sessions.forEach((session) => session.destroy());
    await closed;
  }

  it("is seen", async () => {
    const stopped = new Promise<void>((resolve) => watchEngine(address(), resolve));
    await once(engine, "session");
    await settled();
    await end();
    await stopped;
  });

  it("is not taken from a connection that was lost", async () => {
    let stopped = false;
    watchEngine(address(), () => (stopped = true));
    const [first] = (await once(engine, "session")) as [ServerHttp2Session];
    await settled();
    const again = once(engine, "session");
    first.destroy();
    await again;
    await settled();
    assert.equal(stopped, false);
  });

  it("is not taken from an engine that there never was a connection to", async () => {
    const gone = address();
    await end();
    watchEngine(gone, () => assert.fail("there was no engine"));
    await settled();
  });

  for (const argument of ["", "--verbose", "example.com:443", "127.0.0.1"]) {
    it(`is not looked for at "${argument}"`, () => watchEngine(argument, () => assert.fail("no engine")));
  }
});
