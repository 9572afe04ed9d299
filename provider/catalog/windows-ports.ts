import data from "./data/windows-ports.json";

/** A TCP port on which Windows itself may listen. */
export interface WindowsPort {
  port: number;
  /** What listens there. */
  listener: string;
  /** On which machines it listens, in words; absent where it does on each. */
  where?: string;
  /** Whether it listens on domain controllers alone. */
  domainController?: boolean;
  /** Page that names the port. */
  source: string;
}

const ports = new Map((data as WindowsPort[]).map((row) => [row.port, row]));

/** What Windows itself may have this TCP port for. */
export const findWindowsPort = (port: number): WindowsPort | undefined => ports.get(port);
