import fc from "fast-check";
import { Discovery } from "../../../provider/catalog/constants";
import { officeGroup } from "../../../provider/catalog/key-groups";
import type { DesiredClient } from "../../../provider/group/plan";
import * as clientPlans from "../../../provider/group/plan";
import * as hostPlans from "../../../provider/host/plan";
import type { DesiredHost } from "../../../provider/host/plan";
import { defaultSettings, type HostSettings } from "../../../provider/host/settings";
import { officeHostKeys } from "../../../provider/lab/windows/lab-keys.json";
import type { LicensingPlan } from "../../../provider/machine/licensing-plan";
import { setupKeys } from "../../lab/windows/test-lab";
import { hostName, type PlanRun, productKeys } from "./lab-states";

export const reservationIds = ["a", "b"].map((end) => `${"0123456789abcdef".repeat(2)}-00000000000${end}`);
export const ports = fc.constantFrom(1688, 1690);
export const officeGroups = officeHostKeys.map(({ keyGroup }) => officeGroup(keyGroup)!.activationId!);
const officeActivationIds = fc.constantFrom(undefined, undefined, ...officeGroups);

const settingValues: fc.Arbitrary<HostSettings> = fc.record({
  ...(Object.fromEntries(
    Object.entries(defaultSettings).map(([name, value]) => [name, fc.constant(value)]),
  ) as { [Name in keyof HostSettings]: fc.Arbitrary<HostSettings[Name]> }),
  installRole: fc.boolean(),
  port: ports,
  activationIntervalMinutes: fc.constantFrom(120, 15),
  renewalIntervalMinutes: fc.constantFrom(10_080, 43_200),
  lowPriority: fc.boolean(),
  dnsPublishing: fc.boolean(),
  publishedDomains: fc.constantFrom([], ["corp.example,0,0"], ["corp.example,0,0", "lab.example,10,20"]),
  firewallProfiles: fc.constantFrom(["Domain", "Private", "Public"], ["Private", "Domain"]),
});

const desiredHosts: fc.Arbitrary<{ desired: DesiredHost; productKey: string }> = fc
  .record({
    activationId: officeActivationIds,
    activation: fc.constantFrom("online", "offline", "none"),
    productKey: fc.constantFrom(...productKeys),
    confirmedInstallationId: fc.constantFrom(undefined, "1".repeat(63)),
    settings: fc.option(
      fc.record({ values: settingValues, former: fc.option(settingValues, { nil: undefined }) }),
      { nil: undefined },
    ),
  })
  .map(({ productKey, activationId, confirmedInstallationId, settings, activation }) => ({
    productKey,
    desired: {
      activation: activation,
      partialProductKey: productKey.slice(-5),
      ...(activationId !== undefined && { activationId }),
      ...(confirmedInstallationId !== undefined && { confirmedInstallationId }),
      ...(settings !== undefined && {
        settings: { values: settings.values, ...(settings.former && { former: settings.former }) },
      }),
    },
  }));

const clientKeys = Object.values(setupKeys);

/** Setup keys by build and EditionID, as for machines that are taken as they are found. */
export const selection = [
  { builds: [17763], editionIds: ["ServerDatacenter"], value: setupKeys.server2019Datacenter },
  { builds: [20348, 20349], editionIds: ["serverdatacenter"], value: setupKeys.server2022Datacenter },
  { builds: [19045], editionIds: ["Enterprise"], value: setupKeys.windows10Enterprise },
];

const desiredClients: fc.Arbitrary<DesiredClient> = fc.record(
  {
    setupKey: fc.constantFrom(...clientKeys),
    office: fc.constantFrom(false, true),
    systems: fc.constant(selection),
    excluded: fc.constantFrom(
      { builds: [26100], editionIds: ["ServerStandardEval"] },
      { builds: [1], editionIds: [] },
    ),
    editionIds: fc.constantFrom(["ServerDatacenter", "Enterprise"], ["SERVERSTANDARD"]),
    discovery: fc.constantFrom(Discovery.Dns, Discovery.FixedHost),
    hostNames: fc.constantFrom([], [hostName], ["other.corp.example", hostName]),
    host: fc.constantFrom({ name: hostName, port: 1688 }, { name: "off.corp.example", port: 1690 }),
    lookupDomain: fc.constantFrom("corp.example", "lab.example"),
    awaitsHost: fc.boolean(),
    replacesHostKey: fc.boolean(),
    asksDnsAnew: fc.boolean(),
  },
  { requiredKeys: ["discovery", "hostNames"] },
);

const licenses = fc.record(
  { office: fc.boolean(), setupKey: fc.constantFrom(...clientKeys) },
  { requiredKeys: [] },
);

const keyEndings = productKeys.map((key) => key.slice(-5));

/** What no machine has a key pair for. */
const sealedKey = Buffer.alloc(256, 1).toString("base64");

const withoutSecrets = (plans: fc.Arbitrary<LicensingPlan>): fc.Arbitrary<PlanRun> =>
  plans.map((plan) => ({ plan, secrets: {} }));

/** Plans by the function that builds them, for all kinds of its arguments. */
export const builtPlans: Record<string, fc.Arbitrary<PlanRun>> = {
  observeHostPlan: withoutSecrets(
    fc
      .tuple(officeActivationIds, fc.subarray(reservationIds))
      .map((args) => hostPlans.observeHostPlan(...args)),
  ),
  observeAnewPlan: withoutSecrets(
    fc
      .tuple(officeActivationIds, fc.subarray(reservationIds), fc.constantFrom(undefined, ...keyEndings))
      .map((args) => hostPlans.observeAnewPlan(...args)),
  ),
  ensureHostPlan: fc
    .tuple(desiredHosts, fc.constantFrom(undefined, ...reservationIds), fc.constantFrom(false, false, true))
    .map(([{ desired, productKey }, reservation, isSealed]) => ({
      plan: hostPlans.ensureHostPlan(desired, reservation),
      secrets: {
        ...(isSealed ? { sealedKey } : { productKey }),
        ...(desired.activation === "offline" && { confirmationId: "2".repeat(48) }),
      },
    })),
  retireHostPlan: withoutSecrets(
    fc
      .tuple(fc.constantFrom(...clientKeys), fc.constantFrom(...productKeys))
      .map(([setupKey, hostKey]) => hostPlans.retireHostPlan(setupKey, [hostKey.slice(-5)])),
  ),
  uninstallOfficeKeyPlan: withoutSecrets(
    fc.tuple(fc.constantFrom(...officeGroups), fc.subarray(productKeys)).map(([activationId, keys]) =>
      hostPlans.uninstallOfficeKeyPlan(
        activationId,
        keys.map((key) => key.slice(-5)),
      ),
    ),
  ),
  observeClientPlan: withoutSecrets(licenses.map(clientPlans.observeClientPlan)),
  ensureClientPlan: withoutSecrets(desiredClients.map(clientPlans.ensureClientPlan)),
  releaseClientPlan: withoutSecrets(licenses.map(clientPlans.releaseClientPlan)),
};

/** Names of all functions of the product that build plans. */
export const planBuilders = [hostPlans, clientPlans]
  .flatMap((module) => Object.keys(module))
  .filter((name) => name.endsWith("Plan"))
  .sort();
