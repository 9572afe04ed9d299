import {
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { version } from "@pulumi/azure-native/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { UnfinishedResource } from "./crud";
import { fromStruct, toStruct } from "./property-values";
import * as resources from "./resource-calls";
import type { Properties } from "./resource-types";
import { createSessions, type Session, type Sessions } from "./sessions";

/** What the provider works on. */
export interface AzureNativeOptions {
  /** ARM endpoint on loopback, such as `http://127.0.0.1:4711`. */
  armEndpoint: string;
  /** Subscription of resources whose provider names none. */
  subscriptionId: string;
  tenantId: string;
  /** Gets one line per call: method and resource, never a property. */
  log?: (line: string) => void;
}

/** A running provider. */
export interface AzureNativeServer {
  /** For `PULUMI_DEBUG_PROVIDERS=azure-native:PORT`. */
  port: number;
  close(): Promise<void>;
}

/** Serves the provider protocol of azure-native on loopback; requests go to the ARM endpoint through Microsoft's clients. */
export async function serveAzureNative(options: AzureNativeOptions): Promise<AzureNativeServer> {
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new Server(unlimited);
  const sessions = createSessions(options.armEndpoint, options);
  server.addService(ResourceProviderService, providerMethods(sessions, options.log ?? (() => undefined)));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, close: () => close(server) };
}

/** Engines keep their connection open, so waiting for them alone could take for ever. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), 1000);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}

/** Answers one kind of request; the connection identifies the provider instance. */
type Method<Request, Response> = (request: Request, connection: string) => Response | Promise<Response>;

/** The provider protocol, method by method. */
function providerMethods(sessions: Sessions, log: (line: string) => void): UntypedServiceImplementation {
  const unary = <Request, Response>(name: string, method: Method<Request, Response>) =>
    handler(name, method, log);
  const onResource = <Request, Response>(
    name: string,
    method: (request: Request, session: Session) => Response | Promise<Response>,
  ) => unary(name, (request: Request, connection) => method(request, sessions.get(connection)));
  return {
    handshake: unary("handshake", handshake),
    attach: unary("attach", () => new Empty()),
    getPluginInfo: unary("getPluginInfo", pluginInfo),
    getSchema: unary("getSchema", schema),
    checkConfig: unary("checkConfig", checkConfig),
    diffConfig: unary("diffConfig", () => new proto.DiffResponse()),
    configure: unary("configure", (request: proto.ConfigureRequest, connection) => {
      sessions.configure(connection, fromStruct(request.getArgs()));
      return configured();
    }),
    check: onResource("check", resources.check),
    diff: unary("diff", resources.diff),
    create: onResource("create", resources.create),
    read: onResource("read", resources.read),
    update: onResource("update", resources.update),
    delete: onResource("delete", resources.remove),
    invoke: onResource("invoke", resources.invoke),
    cancel: unary("cancel", (_request, connection) => {
      sessions.cancel(connection);
      return new Empty();
    }),
  };
}

function handler<Request, Response>(
  name: string,
  method: Method<Request, Response>,
  log: (line: string) => void,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const subject = ["azure-native", name, subjectOf(call.request)].filter((part) => part !== "").join(" ");
    const answer = async () => method(call.request, call.getPeer());
    answer().then(
      (response) => {
        log(`${subject} ok`);
        callback(null, response);
      },
      (error: unknown) => {
        log(`${subject} failed: ${String(error)}`);
        callback(grpcError(error, inputsOf(call.request)));
      },
    );
  };
}

/** The resource or function that a request is about. */
function subjectOf(request: unknown): string {
  const { getUrn, getTok } = request as { getUrn?: () => string; getTok?: () => string };
  return getUrn?.call(request) ?? getTok?.call(request) ?? "";
}

/** The inputs that a create or update was asked for. */
function inputsOf(request: unknown): Properties {
  if (request instanceof proto.CreateRequest) {
    return fromStruct(request.getProperties());
  }
  return request instanceof proto.UpdateRequest ? fromStruct(request.getNews()) : {};
}

/** Like the real plugin, it takes secrets as plain values: the engine marks the outputs of the same name. */
export function handshake(): proto.ProviderHandshakeResponse {
  const response = new proto.ProviderHandshakeResponse();
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

/** Answer to a configuration. */
export function configured(): proto.ConfigureResponse {
  const response = new proto.ConfigureResponse();
  response.setSupportspreview(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

/** The version of the SDK that the lab goes with. */
function pluginInfo(): PluginInfo {
  const response = new PluginInfo();
  response.setVersion(version);
  return response;
}

/** An empty schema: programs bring the SDK, and nothing else asks. */
export function schema(): proto.GetSchemaResponse {
  const response = new proto.GetSchemaResponse();
  response.setSchema("{}");
  return response;
}

/** Takes any configuration, as the real plugin does. */
function checkConfig(request: proto.CheckRequest): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

/** An error as gRPC carries it; an unfinished resource travels in the details, where the engine looks for it. */
function grpcError(error: unknown, inputs: Properties) {
  const message = error instanceof Error ? error.message : String(error);
  const answer = { code: status.UNKNOWN, message, details: message };
  if (!(error instanceof UnfinishedResource)) {
    return answer;
  }
  const detail = new ErrorResourceInitFailed();
  detail.setId(error.state.id);
  detail.setProperties(toStruct(error.state.outputs));
  detail.setInputs(toStruct(inputs));
  detail.setReasonsList([message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status();
  whole.setCode(status.UNKNOWN);
  whole.setMessage(message);
  whole.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return { ...answer, metadata };
}
