import { version } from "@pulumi/azure-native/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";

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
export function pluginInfo(): PluginInfo {
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
export function checkConfig(request: proto.CheckRequest): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}
