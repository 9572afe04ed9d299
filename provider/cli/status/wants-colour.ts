/** Whether text may be coloured: on a terminal, unless NO_COLOR (no-color.org) or TERM=dumb say otherwise. */
export const wantsColour = (stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv) =>
  stream.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
