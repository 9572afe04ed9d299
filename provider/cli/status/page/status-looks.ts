import type { MemberStatus } from "../../../group/member";
import { html, type Html } from "./html";

interface Look {
  /** Class of the style sheet. */
  className: string;
  /** A sign besides the colour. */
  sign: string;
  words: string;
}

/** How each state looks. */
export const looks: Record<MemberStatus, Look> = {
  Licensed: { className: "licensed", sign: "✓", words: "Licensed" },
  Pending: { className: "pending", sign: "…", words: "Pending" },
  Failed: { className: "failed", sign: "✕", words: "Failed" },
  Unreachable: { className: "unreachable", sign: "?", words: "Unreachable" },
  Drifted: { className: "drifted", sign: "≠", words: "Drifted" },
  NotStarted: { className: "not-started", sign: "–", words: "Not started" },
};

/** A state as a sign, a colour and a word. */
export const badge = ({ className, sign, words }: Look): Html =>
  html`<span class="badge ${className}"><span aria-hidden="true">${sign}</span> ${words}</span>`;

/** A KMS host is licensed or needs somebody. */
export const hostLook = (status: string): Look =>
  status === "Licensed"
    ? looks.Licensed
    : { ...(status === "AwaitingConfirmation" ? looks.Pending : looks.Failed), words: status };
