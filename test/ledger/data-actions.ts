import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * Azure's roles for a blob service that has none: a proxy that lets through only what given data actions allow.
 */

const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";

/**
 * The data action that a request needs; one that is not known needs a right that nobody has. A blob is created by either of
 * two, and changed by `write` alone. Source: learn.microsoft.com/rest/api/storageservices, "Authorization" of each operation.
 */
export function dataActionOf({ method = "", url = "" }: Pick<IncomingMessage, "method" | "url">): string {
  const { pathname, searchParams } = new URL(url, "http://blobs");
  // Azurite has the account as the first part of a path.
  const isBlob = pathname.split("/").filter(Boolean).length > 2;
  const component = searchParams.get("comp");
  if (isBlob && component === null) {
    const byMethod: Record<string, string> = { GET: "read", HEAD: "read", PUT: "write", DELETE: "delete" };
    return `${blobs}/${byMethod[method] ?? "unknown"}`;
  }
  if (isBlob && ["block", "blocklist", "metadata", "properties", "lease"].includes(component!)) {
    return `${blobs}/${method === "GET" ? "read" : "write"}`;
  }
  return !isBlob && component === "list" ? `${blobs}/read` : `${containers}/${component ?? method}`;
}

/** What Azure says to a caller whose role lacks an action. Source: learn.microsoft.com/rest/api/storageservices/blob-service-error-codes. */
const denial =
  '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthorizationPermissionMismatch</Code>' +
  "<Message>This request is not authorized to perform this operation using this permission.</Message></Error>";

export interface DenyingProxy {
  /** Where it listens, without the account. */
  endpoint: string;
  /** The data actions that were asked for. */
  used: Set<string>;
  close(): Promise<void>;
}

/** Starts a proxy before a blob service of this machine. */
export async function denyingProxy(target: string, dataActions: readonly string[]): Promise<DenyingProxy> {
  const used = new Set<string>();
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, response) => {
    const action = dataActionOf(incoming);
    used.add(action);
    if (!dataActions.includes(action)) {
      incoming.resume();
      response.writeHead(403, {
        "content-type": "application/xml",
        "x-ms-error-code": "AuthorizationPermissionMismatch",
      });
      response.end(denial);
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    used,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
