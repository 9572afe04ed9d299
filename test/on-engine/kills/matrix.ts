import { type Chain, type Moment, situations, successors, victims } from "../../faults/kills/chain";

/** How long the scripts take in the engine's matrix. That they work side by side is a matter of the handlers. */
const scriptKinds = ["0s", "30s"] as const;

/** Requests of an update that is not killed; one with slow scripts has a few more, which only look again. */
const requests = 14;

const moments: Moment[] = [
  ...Array.from({ length: requests }, (_, index) => index + 1).flatMap((step): Moment[] => [
    `request-${step}`,
    `answer-${step}`,
  ]),
  "ledger-reserved",
  "ledger-committed",
];

/** Every chain of the engine's matrix. */
export const engineChains: Chain[] = situations.flatMap((situation) =>
  moments.flatMap((moment) =>
    victims.flatMap((victim) =>
      successors.flatMap((next) =>
        scriptKinds.map((scripts): Chain => {
          const setting = { transport: "azure", store: "file", situation, scripts } as const;
          return { ...setting, victim, moment, next };
        }),
      ),
    ),
  ),
);
