import { keyFingerprint } from "../catalog/product-key";
import { changedInputs, type Comparisons } from "../engine/changes";
import { containsUnknown } from "../engine/inputs";
import { sshKey } from "../machine/ssh-address";
import type {
  HostActivationInputs,
  HostActivationOutputs,
  ManagedHostInputs,
  ReadOnlyHostInputs,
} from "./state";

/*
 * What differs between a stored host and its inputs.
 */

export type InputName = Exclude<keyof ManagedHostInputs | keyof ReadOnlyHostInputs, "kind">;

const decidesReports = {
  because: "it decides what is reported about the inputs, not the host",
  changed: () => false,
};

/** Every input is compared; the compiler refuses one that is missing here. */
const comparisons: Comparisons<InputName, HostActivationOutputs, HostActivationInputs> = {
  name: "compare",
  stack: "compare",
  azureVmId: { because: "Azure's IDs are the same in upper and lower case", changed: isAzureVmChanged },
  ssh: "compare",
  tags: "compare",
  os: "compare",
  edition: "compare",
  keyGroup: "compare",
  activationId: "compare",
  readOnly: "compare",
  productKey: { because: "the key is never stored, only its fingerprint", changed: isKeyChanged },
  activation: "compare",
  confirmationId: { because: "it is never stored, and counts until it is deposited", changed: isConfirmable },
  settings: "compare",
  ledger: "compare",
  activationsSpent: "compare",
  hostLimitException: "compare",
  adopt: "compare",
  keepMachine: "compare",
  expectedPort: "compare",
  keyRequired: "compare",
  findings: { because: "they explain failures, and are no reason for an update", changed: () => false },
  acknowledge: decidesReports,
  strict: decidesReports,
  timeoutMinutes: {
    because: "it limits the work of an update, and is no reason for one",
    changed: () => false,
  },
};

export function isAzureVmChanged(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  const lowerCase = (id: string | undefined) => id?.toLowerCase();
  return containsUnknown(news.azureVmId) || lowerCase(news.azureVmId) !== lowerCase(olds.azureVmId);
}

function isKeyChanged(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  return (
    !olds.readOnly &&
    !news.readOnly &&
    (containsUnknown(news.productKey) || keyFingerprint(news.productKey) !== olds.keyFingerprint)
  );
}

function isConfirmable(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  return (
    !news.readOnly &&
    news.activation === "offline" &&
    (news.confirmationId ?? "") !== "" &&
    (olds.readOnly || !olds.confirmed)
  );
}

/** Names of the inputs that differ. */
export const changesOf = (olds: HostActivationOutputs, news: HostActivationInputs): InputName[] =>
  changedInputs(olds, news, comparisons);

export const isSshMachineChanged = ({ ssh: former }: HostActivationOutputs, { ssh }: HostActivationInputs) =>
  (former && sshKey(former)) !== (ssh && sshKey(ssh));

/**
 * Whether a machine has its name in another subscription or resource group now, as one that was moved there, which stays the
 * same machine; only a look at it shows that. Source: learn.microsoft.com azure-resource-manager/management/move-resource-group-and-subscription.
 */
export function mayHaveMoved(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  const nameIn = (id: string) => id.toLowerCase().split("/providers/")[1];
  return (
    olds.azureVmId !== undefined &&
    typeof news.azureVmId === "string" &&
    !containsUnknown(news.azureVmId) &&
    isAzureVmChanged(olds, news) &&
    nameIn(olds.azureVmId) === nameIn(news.azureVmId)
  );
}

/** Another machine is another host, unless the package does not manage both of them. */
export const isReplaced = (olds: HostActivationOutputs, news: HostActivationInputs) =>
  !olds.readOnly && !news.readOnly && isAzureVmChanged(olds, news) && !mayHaveMoved(olds, news);

/** Inputs that say how the machine is reached, and nothing about it: with them alone no machine is reached. */
export const isOnlyStored = (olds: HostActivationOutputs, news: HostActivationInputs, changed: InputName[]) =>
  changed.length > 0 &&
  olds.drift.length === 0 &&
  olds.formerEntries === undefined &&
  changed.every(
    (name) =>
      name === "tags" ||
      (name === "ssh" &&
        olds.ssh !== undefined &&
        news.ssh !== undefined &&
        sshKey(olds.ssh) === sshKey(news.ssh)),
  );
