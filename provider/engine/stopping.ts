import { connect } from "node:http2";
import { createRequire } from "node:module";
import { sharedController } from "../azure/time-limit";

/*
 * Whether the engine still wants what this process does. The SDK's server of dynamic providers takes the engine's Cancel,
 * which an interruption of the command sends at once, and passes it to nobody; and neither a signal nor the end of the
 * engine reaches a process in a group of its own. Both are therefore watched here. Where that is not possible, nothing
 * else changes: a rollout then goes on until it is done.
 */

const stopping = sharedController();
let watched = false;

/** Aborted once the operation was interrupted, or its engine is gone: then nothing new may be begun. */
export function stopSignal(): AbortSignal {
  if (!watched) {
    watched = true;
    const stop = () => stopping.abort();
    const main = process.mainModule?.filename;
    if (main !== undefined && isDynamicProvider(main)) {
      watchCancel(() => createRequire(main)("@grpc/grpc-js"), stop);
      watchEngine(process.argv.at(-1) ?? "", stop);
    }
  }
  return stopping.signal;
}

/** Whether this is the process in which the engine runs dynamic providers, by its main module. */
const isDynamicProvider = (main: string) => /[\\/]dynamic-provider[\\/][^\\/]+$/.test(main);

const cancelMethod = "/pulumirpc.ResourceProvider/Cancel";

/** What of grpc-js is looked at; another version may lack it. */
interface GrpcServer {
  _retrieveHandler?: (this: unknown, path: string, ...others: unknown[]) => unknown;
}

/**
 * Calls `stop` at the engine's Cancel, which the server still answers itself.
 * @param load gives the grpc-js of the server
 */
export function watchCancel(load: () => unknown, stop: () => void): void {
  let server: GrpcServer | undefined;
  try {
    server = (load() as { Server?: { prototype?: GrpcServer } }).Server?.prototype;
  } catch {
    // A server of another kind: nothing is to be seen of its calls.
  }
  const retrieve = server?._retrieveHandler;
  if (server === undefined || typeof retrieve !== "function") {
    return;
  }
  server._retrieveHandler = function (path, ...others) {
    if (path === cancelMethod) {
      stop();
    }
    return retrieve.call(this, path, ...others);
  };
}

/**
 * Calls `stop` when the engine is gone: a connection to it has ended, and there is none to be had any more.
 * @param address host and port of the engine, the last argument of a provider's process
 */
export function watchEngine(address: string, stop: () => void): void {
  if (!/^(127\.0\.0\.1|\[::1\]|localhost):\d+$/.test(address)) {
    return;
  }
  let connected = false;
  const session = connect(`http://${address}`);
  session.unref();
  session.on("connect", () => (connected = true));
  session.on("error", (error: NodeJS.ErrnoException) => {
    if (!connected && seen.has(address) && error.code === "ECONNREFUSED") {
      stop();
    }
  });
  session.on("close", () => {
    if (connected) {
      seen.add(address);
      watchEngine(address, stop);
    }
  });
}

/** Engines that there was a connection to. */
const seen = new Set<string>();
