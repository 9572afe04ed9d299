import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one request on its way to the lab. A number is the status that Azure answers instead. */
export type Intervention = "pass" | "lose-request" | "lose-answer" | 401 | 403 | 404 | 409 | 429 | 500;

/** What may happen to any request. */
export const faults: Intervention[] = ["lose-request", "lose-answer", 409, 429, 500];

/** A proxy between a client and the lab, which sees each request before it passes it on. */
export interface StepProxy {
  endpoint: string;
  /** Method and path of all requests so far. */
  steps: string[];
  close(): Promise<void>;
}

/**
 * Starts a proxy on loopback. It calls `intervene` with the number of each request, from 1 on, and `done` when a request or
 * an answer is lost, before its client can notice: a client that `done` kills does nothing more.
 */
export async function startStepProxy(
  target: string | (() => string),
  intervene: (step: number) => Intervention,
  done: (step: number) => void = () => undefined,
): Promise<StepProxy> {
  const steps: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const to = typeof target === "string" ? target : target();
    const step = steps.push(`${incoming.method} ${new URL(incoming.url!, to).pathname}`);
    const intervention = intervene(step);
    if (intervention === "lose-request") {
      done(step);
      incoming.socket.destroy();
      return;
    }
    if (typeof intervention === "number") {
      outgoing.writeHead(intervention, { "content-type": "application/json", "retry-after": "0" });
      outgoing.end(JSON.stringify({ error: { code: "LabFault", message: "a fault of the test" } }));
      done(step);
      return;
    }
    forward(to, incoming, outgoing, intervention === "lose-answer" ? () => done(step) : undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    steps,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  lost?: () => void,
): void {
  const { method, headers } = incoming;
  const onward = request(new URL(incoming.url!, target), { method, headers }, (answer) => {
    if (lost === undefined) {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    answer.resume();
    answer.on("end", () => {
      lost();
      incoming.socket.destroy();
    });
  });
  onward.on("error", () => incoming.socket.destroy());
  incoming.pipe(onward);
}
