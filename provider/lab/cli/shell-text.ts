/** Forms in which an environment can be written. */
export const shells = ["sh", "fish", "powershell", "dotenv", "json"] as const;

/** Who reads an environment: a shell, a program that reads `.env` files, or one that reads JSON. */
export type Shell = (typeof shells)[number];

interface ShellText {
  quote(value: string): string;
  set(name: string, quoted: string): string;
  unset(name: string): string;
}

/** A line of a `.env` file without quotes is read alike by all programs; with them, by most. */
const quoteDotenv = (value: string) => {
  if (/^[\w./:@%+,~-]*$/.test(value)) {
    return value;
  }
  return value.includes("'") ? `"${value.replace(/[\\"$]/g, "\\$&")}"` : `'${value}'`;
};

const texts: Record<Exclude<Shell, "json">, ShellText> = {
  sh: {
    quote: (value) => `'${value.replaceAll("'", "'\\''")}'`,
    set: (name, quoted) => `export ${name}=${quoted}`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    quote: (value) => `'${value.replace(/[\\']/g, "\\$&")}'`,
    set: (name, quoted) => `set -gx ${name} ${quoted}`,
    unset: (name) => `set -e ${name}`,
  },
  powershell: {
    // PowerShell takes typographic quotes for ordinary ones.
    quote: (value) => `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`,
    set: (name, quoted) => `$env:${name} = ${quoted}`,
    unset: (name) => `Remove-Item -ErrorAction Ignore env:${name}`,
  },
  dotenv: {
    quote: quoteDotenv,
    set: (name, quoted) => `${name}=${quoted}`,
    unset: (name) => `${name}=`,
  },
};

/** The text as one word for a shell. */
export const quoteFor = (shell: Exclude<Shell, "json">, text: string) => texts[shell].quote(text);

/** Text that sets variables to just these values. */
export function setVariables(environment: Record<string, string>, shell: Shell): string {
  if (shell === "json") {
    return `${JSON.stringify(environment, undefined, 2)}\n`;
  }
  const { set, quote } = texts[shell];
  return lines(Object.entries(environment).map(([name, value]) => set(name, quote(value))));
}

/** Text that takes variables away; JSON has them as null. */
export function unsetVariables(names: string[], shell: Shell): string {
  if (shell === "json") {
    return `${JSON.stringify(Object.fromEntries(names.map((name) => [name, null])), undefined, 2)}\n`;
  }
  return lines(names.map(texts[shell].unset));
}

const lines = (all: string[]) => all.map((line) => `${line}\n`).join("");

/** The shell that the user most likely has. */
export function usersShell(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Shell {
  if (platform === "win32" && env.SHELL === undefined) {
    return "powershell";
  }
  return /(^|[\\/])fish$/.test(env.SHELL ?? "") ? "fish" : "sh";
}
