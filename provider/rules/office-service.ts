import { findOperatingSystem } from "../catalog/operating-systems";

/** Build of Windows 8 and Windows Server 2012, the first whose own licensing service holds Office's licenses too. */
const firstSharedBuild = 9200;

/** Whether Office on this operating system has a licensing service of its own, which the package does not speak to. */
export function hasOwnOfficeService(os: string): boolean {
  const builds = findOperatingSystem(os)?.builds ?? [];
  return builds.length > 0 && Math.max(...builds) < firstSharedBuild;
}
