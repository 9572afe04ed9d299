import type { ActivationService } from "./activation-service";
import type { LabNetwork } from "./network";
import type { WindowsMachine } from "./windows-machine";

/** What a machine deals with outside of itself. */
export interface World {
  network: LabNetwork;
  activationService: ActivationService;
  /** At least 0 and less than 1. */
  random: () => number;
  /** A machine of the fleet, running or not. */
  machine: (id: string) => WindowsMachine | undefined;
}
