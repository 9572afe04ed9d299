import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that the stub got. */
export interface StubRequest {
  method: string;
  path: string;
  apiVersion: string | null;
  body: unknown;
}

interface StubAnswer {
  status: number;
  body?: unknown;
  /** Path of the asynchronous operation that the client shall wait for. */
  operation?: string;
}

/** Just enough of ARM to see what the provider sends: it keeps what it is given, and knows nothing else. */
export interface StubArm {
  endpoint: string;
  requests: StubRequest[];
  /** Resources by lower-case ID; tests may change them behind the provider's back. */
  resources: Map<string, Record<string, unknown>>;
  /** Refuses the next PUT, or with status 201 accepts it and lets its asynchronous operation fail. */
  failNextPut(failure: { status: number; code: string; message: string }): void;
  close(): Promise<void>;
}

/** Starts the stub on loopback. */
export async function startStubArm(): Promise<StubArm> {
  const requests: StubRequest[] = [];
  const resources: StubArm["resources"] = new Map();
  let failure: Parameters<StubArm["failNextPut"]>[0] | undefined;

  const put = (path: string, key: string, body: unknown): StubAnswer => {
    const status = resources.has(key) ? 200 : 201;
    const failed = failure;
    failure = undefined;
    const error = failed && { code: failed.code, message: failed.message };
    if (failed !== undefined && failed.status >= 400) {
      return { status: failed.status, body: { error } };
    }
    const id = path.replace("/resourcegroups/", "/resourceGroups/");
    const resource = { ...(body as object), id, name: path.split("/").at(-1) };
    resources.set(key, resource);
    if (failed === undefined) {
      return { status, body: resource };
    }
    resources.set("/operations/1", { status: "Failed", error });
    return { status, body: resource, operation: "/operations/1" };
  };

  const answer = ({ method, path, body }: StubRequest): StubAnswer => {
    const key = path.toLowerCase();
    const present = resources.get(key);
    switch (method) {
      case "PUT":
        return put(path, key, body);
      case "DELETE":
        return { status: resources.delete(key) ? 200 : 204 };
      default:
        return present === undefined
          ? { status: 404, body: { error: { code: "ResourceNotFound", message: `no ${path}` } } }
          : { status: 200, body: present };
    }
  };

  const server = createServer((incoming, outgoing) => {
    void readRequest(incoming).then((request) => {
      requests.push(request);
      const { status, body, operation } = answer(request);
      const url = `http://${incoming.headers.host}${operation}`;
      outgoing.writeHead(status, {
        "Content-Type": "application/json",
        ...(operation !== undefined && { "Azure-AsyncOperation": url }),
      });
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    resources,
    failNextPut: (next) => void (failure = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(incoming.url!, "http://127.0.0.1");
  return {
    method: incoming.method!,
    path: decodeURIComponent(url.pathname),
    apiVersion: url.searchParams.get("api-version"),
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
  };
}
