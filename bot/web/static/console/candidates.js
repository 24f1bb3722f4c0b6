// The candidates of a turn: every intent with its score, and, once opened, what speaks for it.

import { el } from "../shared/dom.js";
import * as api from "./api.js";
import { panel } from "./panel.js";

const FIRST = 5;
const BASES = {
  sample: "word for word a sample utterance",
  pattern: "a sample utterance, its slots filled",
  classifier: "by the weights learned from the samples",
};
const WORTH_SHOWING = 0.15;

function scoreBar(score) {
  const bar = el("span", { class: "score-bar", "aria-hidden": "true" }, el("i"));
  bar.firstChild.style.inlineSize = `${Math.max(1, score * 100)}%`;
  return bar;
}

/** The customer's words, each as strongly coloured as it speaks for (or against) the intent. */
function wordsOf(words) {
  const most = Math.max(...words.map(({ weight }) => Math.abs(weight)), 0.001);
  return el("p", { class: "words" }, ...words.flatMap(({ word, weight }) => {
    const share = weight / most;
    const strength = Math.abs(share) < WORTH_SHOWING ? 0 : Math.ceil(Math.abs(share) * 3);
    const sign = `${weight > 0 ? "+" : "−"}${Math.abs(weight).toFixed(2)}`;
    const mark = el("span", { class: "word", "data-for": weight > 0 ? "yes" : "no", "data-strength": String(strength), title: sign }, word, el("sub", {}, sign));
    return [mark, " "];
  }));
}

function why(evidence, needed) {
  if (!evidence) return el("p", { class: "none" }, "This recogniser gives no reasons.");
  return el(
    "div",
    { class: "why" },
    el("p", {}, el("span", { class: "why-label" }, "Scored"), BASES[evidence.basis]),
    evidence.sample
      ? el("p", {}, el("span", { class: "why-label" }, "Closest sample"), el("q", {}, evidence.sample), el("span", { class: "took" }, `${Math.round(evidence.likeness * 100)} % alike`))
      : el("p", {}, el("span", { class: "why-label" }, "Closest sample"), "none shares a word with it"),
    evidence.words.length ? el("div", {}, el("p", { class: "why-label" }, "What each word adds"), wordsOf(evidence.words)) : null,
    needed ? el("p", {}, el("span", { class: "why-label" }, "Needs context"), needed.join(", ")) : null,
  );
}

function row(candidate, current, needed, explain) {
  const body = el("div", { class: "candidate-body" });
  const fold = el(
    "details",
    { class: "candidate", "data-current": String(candidate.intent === current) },
    el("summary", {},
      el("span", { class: "candidate-name" }, candidate.intent),
      scoreBar(candidate.score),
      el("span", { class: "score" }, candidate.score === null ? "–" : candidate.score.toFixed(3))),
    body,
  );
  fold.addEventListener("toggle", async () => {
    if (!fold.open || body.hasChildNodes()) return;
    try {
      const found = await explain();
      body.replaceChildren(why(found.get(candidate.intent), needed));
    } catch (failure) {
      body.replaceChildren(el("p", { class: "none" }, failure.message));
    }
  });
  return fold;
}

/** The candidates that the engine weighed, else the interpretations of the answer. */
function candidatesOf(view) {
  const heard = view.trace.find((step) => step.step === "heard");
  if (heard?.candidates?.length) return heard.candidates;
  return (view.response?.interpretations ?? [])
    .filter((reading) => reading.nluConfidence)
    .map((reading) => ({ intent: reading.intent.name, score: reading.nluConfidence.score }));
}

export function candidatesPanel(view, locale) {
  const candidates = candidatesOf(view);
  if (!candidates.length) return null;
  const heard = view.trace.find((step) => step.step === "heard");
  const current = heard?.intent ?? view.response?.sessionState?.intent?.name;
  let asked = null;
  const explain = () => {
    asked ??= api.evidence(view.requestId).then(({ evidence }) => new Map(evidence.map((each) => [each.intent, each])));
    return asked;
  };
  const rows = candidates.map((candidate) => row(candidate, current, locale?.inputContexts[candidate.intent], explain));
  const more = rows.slice(FIRST);
  const rest = more.length
    ? el("details", { class: "more" }, el("summary", {}, `${more.length} more`), ...more)
    : null;
  return panel(
    "Candidates",
    locale ? `threshold ${locale.threshold.toFixed(2)}` : null,
    heard?.why ? el("p", { class: "heard" }, `Heard as ${kinds[heard.kind] ?? heard.kind}: ${heard.why}.`) : null,
    el("div", { class: "candidates" }, ...rows.slice(0, FIRST), rest),
  );
}

const kinds = { intent: "an intent", slots: "a slot's value", yes: "yes", no: "no" };
