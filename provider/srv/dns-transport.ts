import { createSocket } from "node:dgram";
import { connect, isIPv4, isIPv6 } from "node:net";
import { counted } from "../rules/diagnostic";

/** Where a DNS server listens. */
export interface DnsServer {
  /** Address or name, an IPv6 address without brackets; names are looked up as IPv4 addresses. */
  host: string;
  port: number;
}

const dnsPort = 53;
const written = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?))(?::(\d{1,5}))?$/;

/** A server as the user writes it, `10.0.0.4`, `dc1.corp.example:5353` or `[::1]:53`; undefined for anything else. */
export function parseDnsServer(text: string): DnsServer | undefined {
  const [, bracketed, plain, digits] = written.exec(text) ?? [];
  const port = digits === undefined ? dnsPort : Number(digits);
  const allowed = bracketed === undefined ? plain !== undefined && !looksNumeric(plain) : isIPv6(bracketed);
  return allowed && port >= 1 && port <= 65535 ? { host: bracketed ?? plain, port } : undefined;
}

/** Whether a name is made like an IPv4 address without being one. */
const looksNumeric = (name: string) => /^[0-9.]+$/.test(name) && !isIPv4(name);

/** How long and how often a server is asked. */
export interface ExchangeLimits {
  /** For one answer, over UDP or TCP. */
  timeoutMilliseconds: number;
  /** How often a request is sent over UDP, where messages may get lost. */
  udpTries: number;
}

/** Largest message that every server takes over UDP. Source: RFC 1035 section 4.2.1. */
const udpLimit = 512;
const truncated = 0x02;

/**
 * Sends a request and gives the answer to it: over UDP, and over TCP when the request is too long for that or the
 * answer was cut. Rejects with what the operating system says, or when there is no answer in time.
 */
export async function exchange(server: DnsServer, request: Buffer, limits: ExchangeLimits): Promise<Buffer> {
  if (request.length > udpLimit) {
    return exchangeTcp(server, request, limits);
  }
  const answer = await exchangeUdp(server, request, limits);
  return (answer[2] & truncated) === 0 ? answer : exchangeTcp(server, request, limits);
}

const headerLength = 12;

/** An answer to another request, a late or a forged one, is not ours. */
const answers = (message: Buffer, request: Buffer) =>
  message.length >= headerLength &&
  message.readUInt16BE(0) === request.readUInt16BE(0) &&
  (message[2] & 0x80) !== 0;

const noAnswer = (protocol: string, { timeoutMilliseconds }: ExchangeLimits, tries: number) =>
  new Error(`no answer over ${protocol} within ${counted((timeoutMilliseconds * tries) / 1000, "second")}`);

function exchangeUdp({ host, port }: DnsServer, request: Buffer, limits: ExchangeLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
    let sent = 0;
    let ended = false;
    const end = (finish: () => void) => {
      if (!ended) {
        ended = true;
        clearInterval(timer);
        socket.close();
        finish();
      }
    };
    const send = () => {
      if (sent === limits.udpTries) {
        end(() => reject(noAnswer("UDP", limits, sent)));
        return;
      }
      sent += 1;
      socket.send(request);
    };
    const timer = setInterval(send, limits.timeoutMilliseconds);
    socket.once("error", (error) => end(() => reject(error)));
    socket.on("message", (message) => {
      if (answers(message, request)) {
        end(() => resolve(message));
      }
    });
    socket.connect(port, host, (error?: Error) => (error ? end(() => reject(error)) : send()));
  });
}

function exchangeTcp({ host, port }: DnsServer, request: Buffer, limits: ExchangeLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, family: isIPv6(host) ? 6 : 4 });
    let received = Buffer.alloc(0);
    const end = (finish: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      finish();
    };
    const timer = setTimeout(() => end(() => reject(noAnswer("TCP", limits, 1))), limits.timeoutMilliseconds);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(request.length);
    socket.once("connect", () => socket.write(Buffer.concat([length, request])));
    socket.once("error", (error) => end(() => reject(error)));
    socket.once("end", () => end(() => reject(new Error("the server ended the TCP connection unanswered"))));
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = received.length < 2 ? undefined : received.subarray(2, 2 + received.readUInt16BE(0));
      if (answer === undefined || answer.length < received.readUInt16BE(0)) {
        return;
      }
      end(() =>
        answers(answer, request) ? resolve(answer) : reject(new Error("the answer is to another request")),
      );
    });
  });
}
