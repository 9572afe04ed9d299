import { farm } from "./autoscaled-clients";
import { web } from "./azure-clients";
import { azureHost } from "./azure-host";
import { app } from "./azure-kms-clients";
import { foundAtSite, foundInAzure } from "./found-hosts";
import { quietHost } from "./quiet-host";
import { burst } from "./scale-set-clients";
import { site, suite } from "./site-clients";
import { siteHost } from "./site-host";

const hosts = [azureHost, quietHost, siteHost, foundInAzure, foundAtSite];
const groups = [web, burst, farm, app, site, suite];

export const kmsHosts = hosts.map(({ fqdn, licenseStatus }) => ({ fqdn, licenseStatus }));
export const members = groups.map(({ memberCounts }) => memberCounts);

/** What Microsoft's telephone line is told; each answer is the configuration value of the same name. */
export const installationIds = {
  confirmationId: quietHost.installationId,
  officeConfirmationId: siteHost.officeKeys.apply((keys) => keys[1]?.installationId ?? ""),
};
