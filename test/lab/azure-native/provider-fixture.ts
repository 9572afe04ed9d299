import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type AzureNativeServer, serveAzureNative } from "../../../provider/lab/azure-native/serve";
import { startStubArm, type StubArm } from "./stub-arm";

/** The subscription of the tests. */
export const subscriptionId = "00000000-0000-4000-8000-000000000001";
export const tenantId = "00000000-0000-4000-8000-000000000002";
/** ID prefix of resource group `rg`. */
export const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;

/** A provider on a stub of ARM with one resource group, and a client of it; new for each test. */
export interface Setup {
  arm: StubArm;
  server: AzureNativeServer;
  provider: ReturnType<typeof providerClient>;
  log: string[];
}

export async function setUp(): Promise<Setup> {
  const arm = await startStubArm();
  arm.resources.set(group.toLowerCase(), { id: group, name: "rg", location: "westeurope" });
  const log: string[] = [];
  const options = {
    armEndpoint: arm.endpoint,
    subscriptionId,
    tenantId,
    log: (line: string) => void log.push(line),
  };
  const server = await serveAzureNative(options);
  return { arm, server, provider: providerClient(server.port), log };
}

export async function tearDown({ arm, server, provider }: Setup): Promise<void> {
  provider.close();
  await server.close();
  await arm.close();
}

type Properties = Record<string, unknown>;

const struct = (properties: Properties) =>
  Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
const plain = (message: Struct | undefined) => (message?.toJavaScript() ?? {}) as Properties;

/** URN of a resource called `name`. */
export const urnOf = (token: string, name: string) => `urn:pulumi:test::lab::${token}::${name}`;

type Method<Request, Response> = (
  request: Request,
  callback: (error: ServiceError | null, response: Response) => void,
) => unknown;

/** The engine's side of the protocol, with plain objects in place of messages. */
export function providerClient(port: number) {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const call =
    <Request, Response>(method: Method<Request, Response>) =>
    (request: Request) =>
      new Promise<Response>((resolve, reject) => {
        method.call(client, request, (error, response) =>
          error === null ? resolve(response) : reject(error),
        );
      });

  return {
    close: () => client.close(),

    async configure(settings: Properties) {
      const request = new proto.ConfigureRequest();
      request.setArgs(struct(settings));
      return (
        await call<proto.ConfigureRequest, proto.ConfigureResponse>(client.configure)(request)
      ).toObject();
    },

    async check(urn: string, news: Properties, olds: Properties = {}) {
      const request = new proto.CheckRequest();
      request.setUrn(urn);
      request.setNews(struct(news));
      request.setOlds(struct(olds));
      request.setRandomseed(Buffer.from("seed"));
      const response = await call<proto.CheckRequest, proto.CheckResponse>(client.check)(request);
      const failures = response.getFailuresList().map((failure) => failure.toObject());
      return { inputs: plain(response.getInputs()), failures };
    },

    async diff(urn: string, oldInputs: Properties, news: Properties) {
      const request = new proto.DiffRequest();
      request.setUrn(urn);
      request.setOlds(struct({}));
      request.setOldInputs(struct(oldInputs));
      request.setNews(struct(news));
      const response = await call<proto.DiffRequest, proto.DiffResponse>(client.diff)(request);
      const details = response.getDetaileddiffMap().toArray() as unknown as [string, [number]][];
      return {
        changes: response.getChanges(),
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
        details: Object.fromEntries(details.map(([path, [kind]]) => [path, kind])),
      };
    },

    async create(urn: string, properties: Properties, preview = false) {
      const request = new proto.CreateRequest();
      request.setUrn(urn);
      request.setProperties(struct(properties));
      request.setPreview(preview);
      const response = await call<proto.CreateRequest, proto.CreateResponse>(client.create)(request);
      return { id: response.getId(), outputs: plain(response.getProperties()) };
    },

    async update(
      urn: string,
      id: string,
      oldInputs: Properties,
      news: Properties,
      olds: Properties = {},
      preview = false,
    ) {
      const request = new proto.UpdateRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setOlds(struct(olds));
      request.setOldInputs(struct(oldInputs));
      request.setNews(struct(news));
      request.setPreview(preview);
      return plain(
        (await call<proto.UpdateRequest, proto.UpdateResponse>(client.update)(request)).getProperties(),
      );
    },

    async read(urn: string, id: string, inputs?: Properties, outputs: Properties = {}) {
      const request = new proto.ReadRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(struct(outputs));
      if (inputs !== undefined) {
        request.setInputs(struct(inputs));
      }
      const response = await call<proto.ReadRequest, proto.ReadResponse>(client.read)(request);
      return {
        id: response.getId(),
        outputs: plain(response.getProperties()),
        inputs: plain(response.getInputs()),
      };
    },

    async delete(urn: string, id: string) {
      const request = new proto.DeleteRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(struct({}));
      await call(client.delete)(request);
    },

    async invoke(token: string, args: Properties) {
      const request = new proto.InvokeRequest();
      request.setTok(token);
      request.setArgs(struct(args));
      return plain(
        (await call<proto.InvokeRequest, proto.InvokeResponse>(client.invoke)(request)).getReturn(),
      );
    },
  };
}

/** What an error tells the engine of a resource that exists but is not finished. */
export function unfinishedResource(error: unknown) {
  const [encoded] = (error as ServiceError).metadata.get("grpc-status-details-bin");
  const [detail] = Status.deserializeBinary(encoded as Buffer).getDetailsList();
  const unfinished = detail.unpack(
    proto.ErrorResourceInitFailed.deserializeBinary,
    "pulumirpc.ErrorResourceInitFailed",
  )!;
  return {
    id: unfinished.getId(),
    outputs: plain(unfinished.getProperties()),
    inputs: plain(unfinished.getInputs()),
    reasons: unfinished.getReasonsList(),
  };
}
