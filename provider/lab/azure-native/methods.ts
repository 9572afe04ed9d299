import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as configuration from "./configuration-calls";
import { grpcError } from "./grpc-error";
import * as resources from "./resource-calls";
import type { Properties } from "./resource-types";
import type { Session, Sessions } from "./sessions";
import { fromStruct } from "./struct";

/** Answers one kind of request; the connection tells provider instances apart. */
type Method<Request, Response> = (request: Request, connection: string) => Response | Promise<Response>;

/** The provider protocol, method by method. */
export function providerMethods(
  sessions: Sessions,
  log: (line: string) => void,
): UntypedServiceImplementation {
  const unary = <Request, Response>(name: string, method: Method<Request, Response>) =>
    handler(name, method, log);
  const onResource = <Request, Response>(
    name: string,
    method: (request: Request, session: Session) => Response | Promise<Response>,
  ) => unary(name, (request: Request, connection) => method(request, sessions.get(connection)));
  return {
    handshake: unary("handshake", configuration.handshake),
    attach: unary("attach", () => new Empty()),
    getPluginInfo: unary("getPluginInfo", configuration.pluginInfo),
    getSchema: unary("getSchema", configuration.schema),
    checkConfig: unary("checkConfig", configuration.checkConfig),
    diffConfig: unary("diffConfig", () => new proto.DiffResponse()),
    configure: unary("configure", (request: proto.ConfigureRequest, connection) => {
      sessions.configure(connection, fromStruct(request.getArgs()));
      return configuration.configured();
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
