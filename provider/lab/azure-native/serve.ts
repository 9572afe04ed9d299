import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { providerMethods } from "./methods";
import { createSessions } from "./sessions";

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
