import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

/** One port of loopback that takes both protocols. */
export interface LoopbackPort {
  port: number;
  tcp: Server;
  udp: Socket;
}

const attempts = 20;

/**
 * Opens a port of loopback for TCP and UDP. The system gives a port that is free for one of them; where something else
 * has it for the other, another port is taken.
 */
export async function openLoopbackPort(firstPort = 0): Promise<LoopbackPort> {
  for (let attempt = 1; ; attempt++) {
    const tcp = createServer();
    const udp = createSocket("udp4");
    try {
      tcp.listen(attempt === 1 ? firstPort : 0, "127.0.0.1");
      await once(tcp, "listening");
      const { port } = tcp.address() as AddressInfo;
      udp.bind(port, "127.0.0.1");
      await once(udp, "listening");
      return { port, tcp, udp };
    } catch (error) {
      udp.close();
      tcp.close();
      if (!isInUse(error) || attempt === attempts) {
        throw error;
      }
    }
  }
}

const isInUse = (error: unknown) => (error as NodeJS.ErrnoException).code === "EADDRINUSE";

/**
 * A port of loopback that was free for both protocols a moment ago, for a server that opens it by itself; something else
 * may take it before.
 */
export async function freeLoopbackPort(): Promise<number> {
  const { port, tcp, udp } = await openLoopbackPort();
  const closed = [once(tcp, "close"), once(udp, "close")];
  tcp.close();
  udp.close();
  await Promise.all(closed);
  return port;
}
