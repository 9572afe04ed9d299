import type {
  ComputeManagementClient,
  VirtualMachineExtensionInstanceView,
  VirtualMachineScaleSet,
} from "@azure/arm-compute";
import { azureClients } from "../azure/clients";
import { deniedAction } from "../azure/denied-action";
import { parseScaleSetId } from "../azure/resource-ids";
import type { KmsError } from "../errors/kms-error";
import type { RunOptions } from "./machine";
import { azureFailure, explainAzureError, isMachineMissing, type RunContext } from "./azure-errors";
import { powerOf } from "./power-states";
import { isStopped, refuseStopped, runSignals, StoppedError } from "./stopped";
import { customScript, extensionName, type LicensingExtension } from "./scale-set-extension";

/** A virtual machine scale set, as far as its instances are made KMS clients. */
export interface ScaleSet {
  /** Whether instances are no virtual machines of their own, which run commands would reach. */
  uniform: boolean;
  /** Whether instances get a changed model only when their owner upgrades them. */
  upgradedByHand: boolean;
  /** Number that our extension in the model has; 0 when the model does not have it. */
  timestamp: number;
  /** How many instances Azure keeps. */
  capacity?: number;
  /** Name of another Custom Script Extension in the model. */
  otherScript?: string;
}

/** One machine of a scale set. */
export interface ScaleSetInstance {
  /** As Azure shows it, for example `web_3`. */
  name: string;
  /** Azure resource ID of the virtual machine; "" in a Uniform set. */
  azureVmId: string;
  /** The name that a manual upgrade uses. */
  instanceId: string;
  /** Whether it has the latest model; not known in a Flexible set. */
  latestModelApplied?: boolean;
  /** Azure's power state, for example `running`; "" when it is not known. */
  power: string;
  /** The outcome of our extension; undefined when it has not run. */
  extension?: VirtualMachineExtensionInstanceView;
}

/**
 * What is done with a scale set. Calls throw KmsError KMS3009, KMS3019, KMS3020, KMS3021, and StoppedError: what Azure has
 * begun then goes on without the call.
 */
export interface ScaleSetAccess {
  read(options: RunOptions): Promise<ScaleSet>;
  instances(set: ScaleSet, options: RunOptions): Promise<ScaleSetInstance[]>;
  /** Puts our extension into the model; a new `tag` makes it run again where nothing else changed. */
  putExtension(extension: LicensingExtension, tag: string, options: RunOptions): Promise<void>;
  removeExtension(options: RunOptions): Promise<void>;
  /** Gives instances the latest model. */
  upgrade(instanceIds: string[], options: RunOptions): Promise<void>;
}

/** The scale set with this Azure resource ID. @throws KmsError KMS3024 */
export function openScaleSet(
  id: string,
  client: ComputeManagementClient = azureClients(process.env).compute(parseScaleSetId(id).subscriptionId),
): ScaleSetAccess {
  const { resourceGroupName, scaleSetName } = parseScaleSetId(id);
  const at = [resourceGroupName, scaleSetName] as const;
  const call = async <T>(
    operation: string,
    options: RunOptions,
    send: (options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> => {
    refuseStopped(scaleSetName, options);
    const { finish: signal } = runSignals(options);
    try {
      return await send({ abortSignal: signal });
    } catch (error) {
      throw isStopped(error, options)
        ? new StoppedError(scaleSetName, true, { cause: error })
        : explained(error, operation, { machine: scaleSetName, azureVmId: id, secrets: [], signal });
    }
  };
  return {
    read: (options) =>
      call("read", options, async (request) =>
        scaleSetOf(await client.virtualMachineScaleSets.get(...at, request)),
      ),
    instances: (set, options) =>
      call("list the instances of", options, (request) =>
        set.uniform ? uniformInstances(client, at, request) : flexibleInstances(client, id, at[0], request),
      ),
    putExtension: ({ type, ...extension }, forceUpdateTag, options) =>
      call("change the model of", options, async (request) => {
        const body = { ...extension, typePropertiesType: type, forceUpdateTag };
        const extensions = client.virtualMachineScaleSetExtensions;
        await extensions.beginCreateOrUpdateAndWait(...at, extensionName, body, request);
      }),
    removeExtension: (options) =>
      call("change the model of", options, (request) =>
        client.virtualMachineScaleSetExtensions.beginDeleteAndWait(...at, extensionName, request),
      ),
    upgrade: (instanceIds, options) =>
      call("upgrade instances of", options, (request) =>
        client.virtualMachineScaleSets.beginUpdateInstancesAndWait(...at, { instanceIds }, request),
      ),
  };
}

function explained(error: unknown, operation: string, context: RunContext): KmsError {
  const values = { given: context.azureVmId, operation };
  if (isMachineMissing(error)) {
    return azureFailure("KMS3020", error, context, values);
  }
  const known = explainAzureError(error, context);
  const denied = known.code === "KMS3010" ? deniedAction(error) : undefined;
  if (denied !== undefined) {
    return azureFailure("KMS3019", error, context, { ...values, ...denied });
  }
  return known.code === "KMS3009" ? known : azureFailure("KMS3021", error, context, values);
}

function scaleSetOf({
  orchestrationMode,
  sku,
  upgradePolicy,
  virtualMachineProfile,
}: VirtualMachineScaleSet): ScaleSet {
  const extensions = virtualMachineProfile?.extensionProfile?.extensions ?? [];
  const ours = extensions.find(({ name }) => name === extensionName);
  const other = extensions.find(
    ({ name, publisher, typePropertiesType }) =>
      name !== extensionName &&
      publisher === customScript.publisher &&
      typePropertiesType === customScript.type,
  );
  return {
    uniform: orchestrationMode !== "Flexible",
    upgradedByHand: (upgradePolicy?.mode ?? "Manual") === "Manual",
    timestamp: Number((ours?.settings as { timestamp?: number } | undefined)?.timestamp ?? 0),
    ...(sku?.capacity !== undefined && { capacity: sku.capacity }),
    ...(other && { otherScript: other.name }),
  };
}

interface InstanceView {
  statuses?: { code?: string }[];
  extensions?: VirtualMachineExtensionInstanceView[];
}

function seen(view: InstanceView | undefined): Pick<ScaleSetInstance, "power" | "extension"> {
  const extension = view?.extensions?.find(({ name }) => name === extensionName);
  return { power: powerOf(view?.statuses), ...(extension && { extension }) };
}

async function uniformInstances(
  client: ComputeManagementClient,
  at: readonly [string, string],
  request: { abortSignal: AbortSignal },
): Promise<ScaleSetInstance[]> {
  const instances: ScaleSetInstance[] = [];
  const list = client.virtualMachineScaleSetVMs.list(...at, { expand: "instanceView", ...request });
  for await (const { name = "", instanceId = "", latestModelApplied, instanceView } of list) {
    instances.push({ name, azureVmId: "", instanceId, latestModelApplied, ...seen(instanceView) });
  }
  return instances;
}

async function flexibleInstances(
  client: ComputeManagementClient,
  id: string,
  resourceGroupName: string,
  request: { abortSignal: AbortSignal },
): Promise<ScaleSetInstance[]> {
  const instances: ScaleSetInstance[] = [];
  const filter = `'virtualMachineScaleSet/id' eq '${id}'`;
  const list = client.virtualMachines.list(resourceGroupName, { filter, expand: "instanceView", ...request });
  for await (const { name = "", id: azureVmId = "", instanceView } of list) {
    instances.push({ name, azureVmId, instanceId: name, ...seen(instanceView) });
  }
  return instances;
}
