import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { UnfinishedResource } from "./crud";
import type { Properties } from "./resource-types";
import { toStruct } from "./struct";

/** An error as gRPC carries it; an unfinished resource travels in the details, where the engine looks for it. */
export function grpcError(error: unknown, inputs: Properties) {
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
