import { setMaxListeners } from "node:events";
import { type ArmClients, armClients } from "./arm-clients";
import type { ArmTarget } from "./arm-resource";
import type { Properties } from "./resource-types";

/** What one provider instance of an engine was configured with. */
export interface Session extends ArmTarget {
  tenantId: string;
  /** Default region of the provider's configuration. */
  location?: string;
}

/** One server answers several engines at once; each connection is one provider instance with its own configuration. */
export interface Sessions {
  /** The provider's configuration of a connection; what it leaves out is the lab's. */
  configure(connection: string, settings: Properties): void;
  get(connection: string): Session;
  /** Ends the requests that a connection waits for. */
  cancel(connection: string): void;
}

/** Sessions on one ARM endpoint, with the lab's own subscription unless the configuration names another. */
export function createSessions(
  armEndpoint: string,
  lab: { subscriptionId: string; tenantId: string },
): Sessions {
  const clients = new Map<string, ArmClients>();
  const settingsOf = new Map<string, Properties>();
  const cancels = new Map<string, AbortController>();

  const clientsFor = (subscriptionId: string) => {
    const known = clients.get(subscriptionId) ?? armClients(armEndpoint, subscriptionId);
    clients.set(subscriptionId, known);
    return known;
  };
  const cancelOf = (connection: string) => {
    const known = cancels.get(connection) ?? new AbortController();
    cancels.set(connection, known);
    // As many listeners as the engine has requests under way, which is no leak.
    setMaxListeners(0, known.signal);
    return known;
  };

  return {
    configure: (connection, settings) => void settingsOf.set(connection, settings),
    get: (connection) => {
      const settings = settingsOf.get(connection) ?? {};
      const subscriptionId = textOf(settings.subscriptionId) ?? lab.subscriptionId;
      return {
        subscriptionId,
        tenantId: textOf(settings.tenantId) ?? lab.tenantId,
        location: textOf(settings.location),
        clients: clientsFor(subscriptionId),
        signal: cancelOf(connection).signal,
      };
    },
    cancel: (connection) => {
      cancelOf(connection).abort();
      cancels.delete(connection);
    },
  };
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
