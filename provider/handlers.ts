import type * as pulumi from "@pulumi/pulumi";
import { type Handler, type Kind, PartialFailure, stateVersion } from "./engine/handler";
import { type WithSecretTexts, withoutSecretsOfWork, withSecretsHidden } from "./engine/secret-texts";
import { KmsError } from "./errors/kms-error";
import { clientActivationHandler } from "./group/handler";
import { scaleSetCapacityHandler } from "./group/scale-set-capacity-handler";
import { createdMachineHandler } from "./host/created-machine-handler";
import { hostActivationHandler } from "./host/handler";
import type { Diagnostic } from "./rules/diagnostic";
import { srvRecordHandler } from "./srv/handler";

type AnyHandler = Handler<object, object>;

interface Props extends WithSecretTexts {
  kind: Kind;
  stateVersion?: number;
  __provider?: unknown;
}

const handlers: Record<Kind, AnyHandler> = {
  CreatedMachine: createdMachineHandler,
  HostActivation: hostActivationHandler,
  ClientActivation: clientActivationHandler,
  ScaleSetCapacity: scaleSetCapacityHandler,
  SrvRecord: srvRecordHandler,
};

/** Repeats the preview's rules with the values that are known only here. */
export async function check(
  olds: Partial<Props> | undefined,
  news: Props,
): Promise<pulumi.dynamic.CheckResult> {
  const failures = withSecretsHidden([olds, news], () =>
    handlers[news.kind]
      .check(news, olds)
      .map(({ property, reason }) => ({ property, reason: withoutSecretsOfWork(reason) })),
  );
  return { inputs: news, failures };
}

export async function diff(_id: string, olds: Props, news: Props): Promise<pulumi.dynamic.DiffResult> {
  const result = await withSecretsHidden([olds, news], () =>
    withoutStack(async () => handlers[news.kind].diff(readable(olds), news)),
  );
  // A state of the plugin for other languages has no serialised provider, and an update brings it along.
  return news.__provider !== undefined && olds.__provider === undefined
    ? { ...result, changes: true }
    : result;
}

export async function create(inputs: Props): Promise<pulumi.dynamic.CreateResult> {
  return withSecretsHidden([inputs], () =>
    keepingPartialWork(inputs, async () => {
      const { id, outs } = await handlers[inputs.kind].create(inputs);
      return { id, outs: withVersion(inputs, outs) };
    }),
  );
}

export async function read(id: string, props: Props): Promise<pulumi.dynamic.ReadResult> {
  return withSecretsHidden([props], () =>
    withoutStack(async () => {
      const outs = await handlers[props.kind].read(id, readable(props));
      return outs === undefined ? {} : { id, props: withVersion(props, outs) };
    }),
  );
}

export async function update(id: string, olds: Props, news: Props): Promise<pulumi.dynamic.UpdateResult> {
  return withSecretsHidden([olds, news], () =>
    keepingPartialWork(news, async () => ({
      outs: withVersion(news, await handlers[news.kind].update(id, readable(olds), news)),
    })),
  );
}

export async function remove(id: string, props: Props): Promise<void> {
  return withSecretsHidden([props], () =>
    withoutStack(() => handlers[props.kind].remove(id, readable(props))),
  );
}

/** What the engine stores. Diagnostics are outputs that policies and people read, so they repeat no secret. */
function withVersion({ kind, secretTexts }: Props, outs: object) {
  const { diagnostics, ...others } = outs as { diagnostics?: Diagnostic[] };
  const shown = diagnostics?.map((one) => ({ ...one, message: withoutSecretsOfWork(one.message) }));
  return {
    ...others,
    ...(shown !== undefined && { diagnostics: shown }),
    ...(secretTexts !== undefined && { secretTexts }),
    kind,
    stateVersion,
  };
}

function readable(olds: Props): Props {
  if ((olds.stateVersion ?? stateVersion) > stateVersion) {
    throw new KmsError("KMS9001", { values: { given: olds.stateVersion ?? 0, allowed: stateVersion } });
  }
  return olds;
}

/** The engine stores `properties` as they are, so they must carry the serialised provider themselves. */
async function keepingPartialWork<T>(inputs: Props, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartialFailure) {
      Object.assign(error.properties, withVersion(inputs, error.properties), {
        __provider: inputs.__provider,
      });
    }
    throw error;
  }
}

/** The engine prints the stack of what diff, read and delete throw; the message is all that helps at the terminal. */
async function withoutStack<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && /^KMS\d{4} /.test(error.message)) {
      error.stack = "";
    }
    throw error;
  }
}
