import data from "./data/hosted-desktops.json";
import { nameIndex } from "./find-by-name";

/** Desktops that a service of Microsoft runs. */
export interface HostedDesktopEntry {
  name: string;
  aliases: string[];
  /** What activates them, in sentences. */
  activation: string;
  sources: string[];
}

const rows: HostedDesktopEntry[] = data;
const index = nameIndex(rows);

/** All services of hosted desktops that are known. */
export const hostedDesktops = (): readonly HostedDesktopEntry[] => rows;

/** The service of this name or alias. */
export const findHostedDesktop = (name: string): HostedDesktopEntry | undefined => index.find(name);
