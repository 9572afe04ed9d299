export { KeyGroup, OperatingSystem } from "./names.generated";
