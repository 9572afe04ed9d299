// What sshd runs instead of the command that it was asked for. Plain JavaScript without imports of its own: it starts for
// each connection, hundreds of times in a benchmark.
import { text } from "node:stream/consumers";

const [lab, machine] = process.argv.slice(2);

try {
  const response = await fetch(`${lab}/lab/machines/${encodeURIComponent(machine)}/ssh`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      command: process.env.SSH_ORIGINAL_COMMAND ?? "",
      input: await text(process.stdin),
    }),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error?.message ?? `HTTP status ${response.status}`);
  }
  process.stdout.write(answer.output);
  process.stderr.write(answer.error);
  process.exitCode = answer.exitCode;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
