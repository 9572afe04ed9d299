import { containsUnknown, knownMembers } from "../engine/inputs";
import { settle } from "../rules/acknowledge";
import type { Diagnostic } from "../rules/diagnostic";
import type { HostFacts, SeenMachine } from "../rules/facts";
import { programIndex } from "../rules/program-index";
import { hostDiagnostics } from "../rules/rules";
import { foundSystem } from "./observed";
import type { HostActivationInputs } from "./state";
import { dayOf } from "../rules/days";

/*
 * The rules of the preview once more, with the values that become known later: those of other resources, and what the
 * machine turns out to be.
 */

/** Arguments of the KMSHost that inputs of a host activation come from; of those of the key the members alone. */
const argumentPaths = {
  azureVmId: "machine.azureVmId",
  ssh: "machine.ssh",
  os: "os",
  edition: "edition",
  activation: "activation",
  confirmationId: "confirmationId",
} as const;

/** What the rules look at in the inputs of a host activation. */
function factsOf(inputs: HostActivationInputs, seen?: SeenMachine): HostFacts {
  const { name, os, edition, azureVmId, ssh, ...known } = knownMembers(inputs) as Partial<
    typeof inputs & { productKey: string }
  >;
  const isOffice = inputs.activationId !== undefined;
  const key = isOffice ? "officeKeys[0]" : "key";
  const paths = {
    ...argumentPaths,
    productKey: `${key}.productKey`,
    keyGroup: `${key}.${isOffice ? "office" : "keyGroup"}`,
  };
  const unknown = Object.entries(paths)
    .filter(([input]) => containsUnknown((inputs as unknown as Record<string, unknown>)[input]))
    .map(([, path]) => path);
  const { keyGroup, productKey } = known;
  return {
    name: name ?? "",
    args: {
      readOnly: inputs.readOnly,
      machine: { azureVmId, ...(ssh && { ssh: { host: ssh.host } }) },
      os,
      edition,
      ...(isOffice
        ? { officeKeys: [{ office: keyGroup, productKey }] }
        : inputs.keyGroup !== undefined && { key: { keyGroup, productKey } }),
    },
    unknown: new Set([...unknown, ...(azureVmId === undefined && ssh === undefined ? ["machine.fqdn"] : [])]),
    ...(seen && { seen }),
  };
}

/** What the rules report about the inputs of a host activation, errors only. */
function errorsOf(inputs: HostActivationInputs, seen?: SeenMachine): Diagnostic[] {
  const today = dayOf(Date.now());
  const found = hostDiagnostics(factsOf(inputs, seen), programIndex({ today }));
  const acknowledge = containsUnknown(inputs.acknowledge) ? [] : inputs.acknowledge;
  return settle(found, { acknowledge, today }).filter(({ severity }) => severity === "error");
}

/** Errors that the inputs of a host activation alone make certain. */
export const inputErrors = (inputs: HostActivationInputs): Diagnostic[] => errorsOf(inputs);

/**
 * Refuses a machine that is taken as found and whose operating system is none for the host's key, in the words of the
 * preview. What is declared has been judged without the machine.
 */
export function refuseFound(
  inputs: HostActivationInputs,
  machine: { osBuild: string; editionId: string },
): void {
  if (inputs.os !== undefined && inputs.edition !== undefined) {
    return;
  }
  const [first] = errorsOf(inputs, foundSystem(machine));
  if (first !== undefined) {
    throw Object.assign(new Error(first.message), { code: first.code, property: first.path });
  }
}
