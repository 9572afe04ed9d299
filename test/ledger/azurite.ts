export { type Azurite, startAzurite } from "../lab-run/servers/azurite";
