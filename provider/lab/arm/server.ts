import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createExtensionRuns } from "../compute/extension-runs";
import { controlLab, type LabState } from "../control/control-calls";
import { createFaults, type Fault, timingOf } from "../control/faults";
import { LabError } from "../lab-error";
import { createLabNetwork } from "../network/lab-network";
import { createOnPremises } from "../network/on-premises";
import { type LabClock, movableClock } from "../windows/clock";
import { createFleet, type Fleet } from "../windows/fleet";
import type { LabNetwork } from "../windows/world";
import { ArmError, errorObject } from "./arm-error";
import { parseArmPath } from "./arm-path";
import type { ArmState } from "./arm-state";
import { asArmError, type AsyncOperations, createAsyncOperations } from "./async-operations";
import { usualConditions } from "./conditions";
import type { JsonObject } from "./json";
import { type ArmRequest, checkOrigin, readBody, takeToken, urlOf } from "./request";
import { createRequestCounts, openRecord, type RequestRecord } from "./request-log";
import { createResourceStore } from "./resource-store";
import { armRoute, operationPath } from "./routes";

/** How a simulated ARM is set up. */
export interface ArmServerOptions {
  subscriptionId: string;
  /** Further subscriptions of the tenant. @default - none */
  otherSubscriptionIds?: readonly string[];
  tenantId: string;
  /** @default - a clock that runs with the system's */
  clock?: LabClock;
  /** Machines of the lab. @default - a fleet in the network of this server */
  fleet?: (network: LabNetwork, clock: LabClock) => Fleet;
  /** First part of the path of each request; one without it is refused. @default - none */
  token?: string;
  /** File that ARM requests are written to. */
  record?: string;
  log?: (line: string) => void;
  /** What `GET /lab/identity` answers. @default - a random UUID */
  id?: string;
  /** What `POST /lab/shutdown` does. @default - closes this server */
  onShutdown?: () => void;
}

/** A simulated ARM that listens. */
export interface ArmServer {
  /** `http://127.0.0.1:PORT`, with a token `http://127.0.0.1:PORT/TOKEN` */
  endpoint: string;
  close(): Promise<void>;
}

/** How long requests that are being answered may hold up the end. */
const patienceMilliseconds = 200;

/** Starts a simulated Azure Resource Manager on loopback. @throws LabError KMS7101 */
export async function createArmServer(options: ArmServerOptions): Promise<ArmServer> {
  const { subscriptionId, tenantId, token, log = () => undefined, clock = movableClock() } = options;
  const store = createResourceStore();
  const onPremises = createOnPremises();
  const network = createLabNetwork({ store, onPremises, clock });
  const fleet = options.fleet?.(network, clock) ?? createFleet({ network, clock });
  const extensionRuns = createExtensionRuns();
  const subscriptionIds = [subscriptionId, ...(options.otherSubscriptionIds ?? [])];
  const conditions = usualConditions();
  const arm: ArmState = {
    store,
    fleet,
    clock,
    onPremises,
    extensionRuns,
    silentAgents: new Set(),
    locks: new Map(),
    conditions,
    subscriptionIds,
    tenantId,
  };
  const record = options.record === undefined ? undefined : openRecord(options.record);
  const operations = createAsyncOperations(() => clock.now(), log);
  const lab: Lab = {
    arm,
    operations,
    record,
    token,
    log,
    faults: createFaults(),
    counts: createRequestCounts(),
    identity: { id: options.id ?? randomUUID() },
    shutdown: () => setImmediate(options.onShutdown ?? (() => void close())),
  };
  const server = createServer((request, response) => void answer(lab, request, response));
  const close = async () => {
    if (server.listening) {
      const force = globalThis.setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(force);
      await operations.idle();
      record?.close();
    }
  };
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}${token === undefined ? "" : `/${token}`}`, close };
}

interface Lab extends LabState {
  arm: ArmState;
  operations: AsyncOperations;
  record: RequestRecord | undefined;
  token: string | undefined;
  log: (line: string) => void;
}

async function answer(lab: Lab, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let line = request.method ?? "";
  try {
    checkOrigin(request.headers);
    const url = urlOf(request);
    const base = takeToken(url, lab.token);
    line = `${request.method} ${url.pathname}`;
    const body = await readBody(request);
    if (url.pathname.startsWith("/lab/")) {
      const result = await controlLab(lab, request.method ?? "GET", url.pathname, body ?? {});
      send(response, 200, result as JsonObject);
    } else {
      await answerArm(lab, armRequest(lab, request, url, body), { url, base }, response);
    }
  } catch (error) {
    const refusal =
      error instanceof LabError ? new ArmError(409, error.code, error.message) : asArmError(error, lab.log);
    lab.log(`${line} ${refusal.status} ${refusal.code}`);
    if (!response.headersSent && !response.destroyed) {
      send(response, refusal.status, { error: errorObject(refusal) });
    }
  }
}

/** Takes the request apart; it is counted and recorded, whatever comes of it. */
function armRequest(lab: Lab, request: IncomingMessage, url: URL, body: JsonObject | undefined): ArmRequest {
  const method = request.method ?? "GET";
  const apiVersion = url.searchParams.get("api-version") ?? "";
  const parsed = parseArmPath(url.pathname);
  lab.record?.add({ method, path: url.pathname, apiVersion, body }, parsed?.type);
  if (parsed === undefined) {
    throw new ArmError(404, "NotFound", `There is nothing at ${url.pathname}.`);
  }
  lab.counts.add(method, parsed);
  const ifMatch = request.headers["if-match"];
  const ifNoneMatch = request.headers["if-none-match"];
  return {
    method,
    path: url.pathname,
    parsed,
    apiVersion,
    query: url.searchParams,
    preconditions: {
      ...(ifMatch !== undefined && { ifMatch }),
      ...(ifNoneMatch !== undefined && { ifNoneMatch }),
    },
    body,
  };
}

/** Where a request was sent to. */
interface Sent {
  /** Without the token. */
  url: URL;
  /** Address that further paths belong to. */
  base: string;
}

async function answerArm(lab: Lab, request: ArmRequest, sent: Sent, response: ServerResponse): Promise<void> {
  const fault = lab.faults.take(`${request.method} ${request.path}`);
  if (fault?.delayMilliseconds !== undefined) {
    await setTimeout(fault.delayMilliseconds);
  }
  if (fault?.status !== undefined) {
    lab.log(`${request.method} ${request.path} ${fault.status} fault`);
    const { retryAfterSeconds: seconds } = fault;
    const error = { error: errorObject(faultError(fault)) };
    send(response, fault.status, error, seconds === undefined ? {} : { "retry-after": String(seconds) });
    return;
  }
  const { status, body, etag, work, fail } = armRoute(lab.arm, lab.operations, request, nextLink(sent));
  const timing = timingOf(fault);
  const operation =
    work &&
    lab.operations.start(fault?.failOperation === true ? () => failWith(fault, fail) : () => work(timing));
  lab.log(`${request.method} ${request.path} ${status}`);
  if (fault?.afterWork === true) {
    response.destroy();
    return;
  }
  send(response, status, body, {
    ...(etag !== undefined && etag !== "" && { etag: etag.includes('"') ? etag : `"${etag}"` }),
    ...(operation !== undefined && operationHeaders(sent.base, request, operation)),
  });
}

const faultError = ({ status = 409, code = "LabFault" }: Fault) =>
  new ArmError(status, code, "This is a fault that was asked of the lab.");

function failWith(fault: Fault, fail: (() => void) | undefined): never {
  fail?.();
  throw faultError(fault);
}

function nextLink({ url, base }: Sent): (start: number) => string {
  return (start) => {
    const next = new URL(url);
    next.searchParams.set("$skiptoken", String(start));
    return `${base}${next.pathname}${next.search}`;
  };
}

function operationHeaders(base: string, { parsed, apiVersion }: ArmRequest, operation: string) {
  const path = operationPath(parsed, operation);
  return { "azure-asyncoperation": `${base}${path}?api-version=${apiVersion}`, "retry-after": "0" };
}

function send(
  response: ServerResponse,
  status: number,
  body?: JsonObject,
  headers: Record<string, string> = {},
): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body !== undefined && { "content-type": "application/json; charset=utf-8" }),
    ...headers,
  });
  response.end(text);
}
