/** What is activated when the process is killed. */
export const situations = ["first-activation", "after-drift", "another-key", "offline"] as const;
/** Who is killed. An engine that is killed leaves its provider, which goes on beside what follows. */
export const victims = ["engine", "provider", "both"] as const;
/** What is run after it. */
export const successors = ["up", "refresh-up", "up--refresh", "destroy", "cancel-up"] as const;
/** How long scripts take by the lab's clock, and whether they wait for each other. */
export const scriptKinds = ["0s", "30s", "30s-beside"] as const;

/**
 * The moment of the kill: a request or its answer is lost, the next file operation of the ledger is not done, the ledger
 * has an outcome, or all is done and the engine has yet to write the state.
 */
export type Moment =
  | `request-${number}`
  | `answer-${number}`
  | `file-${number}`
  | `ledger-${"reserved" | "committed"}`
  | "state";

/** One case of the matrix. */
export interface Chain {
  /** How the machine is reached. */
  transport: "azure" | "ssh";
  /** Where the ledger is. */
  store: "file" | "blob";
  situation: (typeof situations)[number];
  scripts: (typeof scriptKinds)[number];
  victim: (typeof victims)[number];
  moment: Moment;
  next: (typeof successors)[number];
}

const members = ["transport", "store", "situation", "scripts", "victim", "moment", "next"] as const;

/** The chain's name, by which one command repeats it. */
export const nameOf = (chain: Chain): string => members.map((member) => chain[member]).join("/");

/** The chain of this name. */
export function chainOf(name: string): Chain {
  const values = name.split("/");
  return Object.fromEntries(members.map((member, index) => [member, values[index]])) as unknown as Chain;
}

/** The number of the request, answer or file operation of a moment; undefined for the others. */
export const stepOf = (moment: Moment): number | undefined => {
  const number = /^(?:request|answer|file)-(\d+)$/.exec(moment)?.[1];
  return number === undefined ? undefined : Number(number);
};
