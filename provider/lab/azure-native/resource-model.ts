import type { CompositeMapper, Mapper, OperationSpec, Serializer } from "@azure/core-client";
import { armClients } from "./arm-clients";
import { isObject } from "./property-values";
import { pathInputs, type ResourceType } from "./resource-types";

/** What Microsoft's client knows of the body of one resource type. */
export interface ResourceModel {
  /** Body of the create request. */
  request: Mapper;
  /** Body of the answer. */
  response: Mapper;
  serializer: Serializer;
}

const models = new Map<string, Promise<ResourceModel>>();

/** The model of a resource type, taken from the client's own create operation; nothing is sent. */
export function resourceModel(type: ResourceType): Promise<ResourceModel> {
  const known = models.get(type.token) ?? readModel(type);
  models.set(type.token, known);
  return known;
}

async function readModel(type: ResourceType): Promise<ResourceModel> {
  const clients = armClients("http://127.0.0.1", "00000000-0000-0000-0000-000000000000");
  let spec: OperationSpec | undefined;
  const stop = new Error("the model is read, the request is not sent");
  clients.client(type).sendOperationRequest = (_args, used) => {
    spec = used;
    return Promise.reject(stop);
  };
  try {
    await clients.operations(type)[type.createOrUpdate](...pathInputs(type), {});
  } catch (error) {
    if (error !== stop) {
      throw error;
    }
  }
  return {
    request: withReadOnly(spec!.requestBody!.mapper, type.setByAzure),
    response: (spec!.responses[200] ?? spec!.responses[201]).bodyMapper!,
    serializer: spec!.serializer,
  };
}

function withReadOnly(mapper: Mapper, names: string[]): Mapper {
  const { type } = mapper as CompositeMapper;
  const readOnly = names.map((name) => [name, { ...type.modelProperties![name], readOnly: true }] as const);
  const modelProperties = { ...type.modelProperties, ...Object.fromEntries(readOnly) };
  return { ...mapper, type: { ...type, modelProperties } };
}

/** The members of an object's model; undefined when it is not an object with named members. */
export function membersOf(mapper: Mapper, serializer: Serializer): Record<string, Mapper> | undefined {
  if (mapper.type.name !== "Composite") {
    return undefined;
  }
  const { modelProperties, className } = (mapper as CompositeMapper).type;
  const named = serializer.modelMappers as Record<string, CompositeMapper>;
  const members = modelProperties ?? named[className ?? ""]?.type.modelProperties;
  return members && withOwnType(members);
}

/** An extension's own type hides the read-only type of its resource, as in azure-native. */
function withOwnType(members: Record<string, Mapper>): Record<string, Mapper> {
  const { [clientsType]: type, ...others } = members;
  return type === undefined ? members : { ...others, type };
}

/** What Microsoft's client calls `type` of an extension; it drops `type` itself without a word. */
const clientsType = "typePropertiesType";

/** The value with the names of Microsoft's client. */
export function withClientNames(mapper: Mapper, value: unknown, serializer: Serializer): unknown {
  const element = elementOf(mapper);
  if (Array.isArray(value)) {
    return element === undefined ? value : value.map((item) => withClientNames(element, item, serializer));
  }
  const members = membersOf(mapper, serializer);
  if (!isObject(value) || (members === undefined && element === undefined)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const member = members?.[name] ?? element;
      const renamed = name === "type" && member?.serializedName === "properties.type";
      return [
        renamed ? clientsType : name,
        member === undefined ? item : withClientNames(member, item, serializer),
      ];
    }),
  );
}

/** The model of the elements of a list or of the values of a dictionary. */
export function elementOf(mapper: Mapper): Mapper | undefined {
  if (mapper.type.name === "Sequence") {
    return (mapper.type as { element: Mapper }).element;
  }
  return mapper.type.name === "Dictionary" ? (mapper.type as { value: Mapper }).value : undefined;
}
