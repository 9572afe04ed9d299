import { imageLicense } from "./license-for-key";
import { randomUuid } from "./ids";
import { installLicense, installProductKey } from "./install-product-key";
import { type MachineSpec, newMachine, type WindowsMachine } from "./windows-machine";
import type { World } from "./world";

/** Ending that a machine shows for the product key of its image. Invented: the lab's keys have more than one N. */
const imageKeyEnding = "NNNNN";

/** A machine that starts from its image for the first time. */
export function bootMachine(spec: MachineSpec, world: World, now: number): WindowsMachine {
  const ids = {
    uuid: spec.uuid ?? randomUuid(world.random),
    clientMachineId: spec.clientMachineId ?? randomUuid(world.random),
  };
  const machine = newMachine(spec, ids, now);
  if (spec.setupKey !== undefined) {
    installProductKey(machine, spec.setupKey, now);
  } else if (spec.channel !== undefined) {
    installLicense(machine, imageLicense(spec.channel, spec), imageKeyEnding, now);
    machine.product!.licensedUntil = Infinity;
  }
  return machine;
}
