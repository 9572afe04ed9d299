import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { VirtualMachineRunCommand } from "@azure/arm-compute";

/** A request that the stub got. */
export interface StubRequest {
  method: string;
  /** Below the virtual machine: `` for itself, `runCommands/NAME`. */
  path: string;
  query: URLSearchParams;
  body?: { location: string; tags?: Record<string, string>; properties: VirtualMachineRunCommand };
}

/** What the stub answers; `destroy` closes the connection without an answer. */
export type StubAnswer = { status: number; body?: unknown; headers?: Record<string, string> } | "destroy";

/** An answer in Azure's form of an error. */
export const azureError = (status: number, code: string, message: string): StubAnswer => ({
  status,
  body: { error: { code, message } },
});

const machinePath = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/kms1";

/** Resource ID of the stub's one machine. */
export const stubMachineId = machinePath;

/** Serves one virtual machine on loopback; `answer` decides, and what it leaves open is answered as a healthy Azure would. */
export async function startStubAzure(
  answer: (
    request: StubRequest,
    seen: StubRequest[],
  ) => StubAnswer | undefined | Promise<StubAnswer | undefined>,
) {
  const seen: StubRequest[] = [];
  const server = createServer((incoming, response) => {
    void readBody(incoming).then(async (body) => {
      const url = new URL(incoming.url!, "http://stub");
      const path = url.pathname.replace(machinePath, "").replace(/^\//, "");
      const request = {
        method: incoming.method!,
        path,
        query: url.searchParams,
        body: body as StubRequest["body"],
      };
      seen.push(request);
      const given = (await answer(request, seen)) ?? healthy(request);
      if (given === "destroy") {
        incoming.socket.destroy();
        return;
      }
      response.writeHead(given.status, { "Content-Type": "application/json", ...given.headers });
      response.end(given.body === undefined ? undefined : JSON.stringify(given.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    requests: () =>
      seen.map(({ method, path }) => `${method} ${path.replace(/-[0-9a-f]{8}-[0-9a-f]{8}$/, "-…")}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The machine as Azure shows it. */
export const machineView = (power: string): StubAnswer => ({
  status: 200,
  body: {
    location: "westeurope",
    properties: { instanceView: { statuses: [{ code: `PowerState/${power}` }] } },
  },
});

/** A run command whose script has ended. */
export const endedCommand = (view: object): StubAnswer => ({
  status: 200,
  body: { location: "westeurope", properties: { provisioningState: "Succeeded", instanceView: view } },
});

function healthy({ method, path }: StubRequest): StubAnswer {
  if (path === "") {
    return machineView("running");
  }
  if (method === "GET" && path === "runCommands") {
    return { status: 200, body: { value: [] } };
  }
  if (method === "PUT") {
    // The result of the script is shown only where it is asked for.
    return { status: 200, body: { location: "westeurope", properties: { provisioningState: "Succeeded" } } };
  }
  return method === "DELETE" ? { status: 204 } : endedCommand({ executionState: "Succeeded", output: "" });
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of incoming) {
    text += String(chunk);
  }
  return text === "" ? undefined : JSON.parse(text);
}
