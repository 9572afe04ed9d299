import assert from "node:assert/strict";
import type {
  ClientActivationInputs,
  ClientActivationOutputs,
  ScaleSetInputs,
} from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { PartialFailure } from "../../provider/engine/handler";
import { create, diff, read, update } from "../../provider/handlers";
import { azureEndpoint } from "../environment";
import { muted } from "../faults/muted";
import { type Arm, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";
import { createHost, hostAddress, scaleSetBody } from "../lab/compute/scale-set-fixture";
import { groupInputs } from "./group-inputs";

export const setId = idOf("Microsoft.Compute/virtualMachineScaleSets/web");

/** A lab with a KMS host for each test, and what the engine does to a group of the scale set `web` in it. */
export function scaleSetLab() {
  const findAzureAt = azureEndpoint();
  const lab = {} as { arm: Arm; outs: ClientActivationOutputs };
  let subnetId: string;

  beforeEach(async () => {
    lab.arm = await startArm();
    findAzureAt(lab.arm.endpoint);
    subnetId = await createNetwork(lab.arm);
    await createHost(lab.arm, subnetId);
  });
  afterEach(async () => {
    await lab.arm.close();
  });

  const sets = () => lab.arm.compute.virtualMachineScaleSets;
  const putSet = (mode: "Flexible" | "Uniform", capacity: number, changes: object = {}) =>
    sets().beginCreateOrUpdateAndWait("rg", "web", { ...scaleSetBody(subnetId, mode, capacity), ...changes });

  const inputs = (
    changes: Partial<ClientActivationInputs> = {},
    scaleSet: Partial<ScaleSetInputs> = {},
  ): ClientActivationInputs =>
    groupInputs(hostAddress, {
      scaleSet: { id: setId, capacity: -1, autoscaled: false, created: false, ...scaleSet },
      ...changes,
    });

  const members = () => readMembers(lab.outs);

  /** Creates or updates the group; returns what went wrong, and keeps what was done. */
  async function worked(news: ClientActivationInputs, fresh = false): Promise<PartialFailure | undefined> {
    await lab.arm.control.resetRequests();
    try {
      const { outs: done } = await muted(() =>
        fresh ? create(news as never) : update("web", lab.outs as never, news as never),
      );
      lab.outs = done as ClientActivationOutputs;
      return undefined;
    } catch (error) {
      assert.ok(error instanceof PartialFailure, String(error));
      lab.outs = error.properties as ClientActivationOutputs;
      return error;
    }
  }
  const created = (news: ClientActivationInputs) => worked(news, true);
  const refreshed = () =>
    muted(async () => {
      const { props } = await read("web", lab.outs as never);
      lab.outs = props as ClientActivationOutputs;
    });
  const changes = (news: ClientActivationInputs) =>
    muted(async () => (await diff("web", lab.outs as never, news as never)).changes);
  const requests = async (method: string, type: RegExp) =>
    (await lab.arm.control.requests())
      .filter((request) => request.method === method && type.test(request.type))
      .reduce((total, { count }) => total + count, 0);
  const runs = () => requests("PUT", /virtualMachines\/runCommands/);
  const extensionWrites = () => requests("PUT", /ScaleSets\/extensions/);
  const extensions = async () =>
    (await sets().get("rg", "web")).virtualMachineProfile?.extensionProfile?.extensions ?? [];
  const kmsMachines = async () =>
    (await lab.arm.control.machines())
      .filter(({ computerName }) => computerName !== "kms")
      .map(({ kmsMachine }) => kmsMachine);

  return Object.assign(lab, {
    sets,
    members,
    putSet,
    inputs,
    worked,
    created,
    refreshed,
    changes,
    runs,
    extensionWrites,
    extensions,
    kmsMachines,
  });
}
