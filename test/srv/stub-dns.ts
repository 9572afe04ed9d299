import { once } from "node:events";
import { openLoopbackPort } from "../loopback-port";

/** What a stand-in answers to a request; undefined for nothing. */
export type Answer = (request: Buffer, protocol: "UDP" | "TCP") => Buffer | undefined;

/** A DNS server of a test, with one port for UDP and TCP. */
export interface StubDns {
  server: string;
  /** How it was asked, in order. */
  asked: ("UDP" | "TCP")[];
  stop(): Promise<void>;
}

/** Starts a stand-in for a DNS server on loopback. */
export async function stubDns(answer: Answer): Promise<StubDns> {
  const asked: StubDns["asked"] = [];
  const { port, tcp, udp } = await openLoopbackPort();
  tcp.on("connection", (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (request) => {
      asked.push("TCP");
      const message = answer(request.subarray(2), "TCP");
      if (message === undefined) {
        socket.end();
        return;
      }
      const length = Buffer.alloc(2);
      length.writeUInt16BE(message.length);
      socket.write(length);
      socket.end(message);
    });
  });
  udp.on("message", (request, { port: sender, address }) => {
    asked.push("UDP");
    const message = answer(request, "UDP");
    if (message !== undefined) {
      udp.send(message, sender, address);
    }
  });
  const stop = async () => {
    udp.close();
    tcp.close();
    await once(tcp, "close");
  };
  return { server: `127.0.0.1:${port}`, asked, stop };
}

/** An answer without records from a server of the zone, with other flags where given. */
export function emptyAnswer(request: Buffer, flags = 0): Buffer {
  const answer = Buffer.from(request.subarray(0, 12));
  answer.writeUInt16BE(0x8400 | flags, 2);
  answer.fill(0, 4);
  return answer;
}

/** Flag of an answer that was cut. */
export const truncatedFlag = 0x0200;
