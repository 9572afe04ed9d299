export { type Azurite, startAzurite } from "../../provider/lab/azure-storage/azurite";
