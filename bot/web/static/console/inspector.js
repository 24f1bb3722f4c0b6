// The inspector: everything about the selected turn, in the order in which a developer asks.

import { byId, el } from "../shared/dom.js";
import { jsonView } from "./json-view.js";
import { candidatesPanel } from "./candidates.js";
import { panel } from "./panel.js";
import { pathPanel } from "./path.js";
import { attributesPanel, contextsPanel, slotsPanel } from "./state-panels.js";

const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function fact(name, value, tone = null) {
  return el("div", { class: "fact" }, el("dt", {}, name), el("dd", { "data-tone": tone }, value));
}

const TONES = { Fulfilled: "good", ReadyForFulfillment: "good", Failed: "bad", Confirmed: "good", Denied: "bad" };

function headline(view) {
  if (view.error) {
    const [name, ...rest] = view.error.split(": ");
    return el("div", { class: "headline refused-head", role: "note" }, el("h2", {}, name), el("p", {}, rest.join(": ")));
  }
  const state = view.response?.sessionState ?? {};
  const action = state.dialogAction ?? {};
  const intent = state.intent ?? {};
  return el(
    "div",
    { class: "headline" },
    el("h2", {}, intent.name ?? "No intent"),
    el(
      "dl",
      { class: "facts" },
      fact("State", intent.state ?? "–", TONES[intent.state]),
      fact("Confirmation", intent.confirmationState ?? "–", TONES[intent.confirmationState]),
      fact("Dialog action", [action.type, action.slotToElicit, action.subSlotToElicit?.name].filter(Boolean).join(" · ") || "–"),
      view.asked ? fact("Slot asked before", view.asked) : null,
    ),
  );
}

function timings(view) {
  const hooks = view.hooks.reduce((sum, hook) => sum + hook.durationMs, 0);
  const rest = Math.max(0, view.durationMs - view.nluMs - hooks);
  const parts = [["Understanding", view.nluMs, "nlu"], ["Code hook", hooks, "hook"], ["Dialog", rest, "rest"]];
  const bar = el("div", { class: "timing-bar", "aria-hidden": "true" }, ...parts.map(([, value, kind]) => {
    const piece = el("i", { "data-kind": kind });
    piece.style.flexGrow = String(Math.max(value, view.durationMs / 200));
    return piece;
  }));
  const list = el("dl", { class: "timing-list" }, ...parts.map(([name, value, kind]) =>
    el("div", { "data-kind": kind }, el("dt", {}, name), el("dd", {}, ms(value)))),
    el("div", {}, el("dt", {}, "Turn"), el("dd", {}, ms(view.durationMs))));
  return panel("Timings", null, bar, list);
}

function hookPanel(view) {
  const calls = view.hooks.map((hook, index) =>
    el(
      "div",
      { class: "hook", "data-failed": String(Boolean(hook.failure)) },
      el("p", { class: "hook-line" }, el("strong", {}, hook.source), hook.label ? el("span", { class: "tag" }, hook.label) : null, el("span", { class: "took" }, ms(hook.durationMs)), el("code", { class: "target" }, hook.target)),
      hook.failure ? el("p", { class: "failed", role: "note" }, hook.failure) : null,
      jsonView(view.hooks.length > 1 ? `Request ${index + 1}` : "Request", hook.event),
      hook.failure ? null : jsonView(view.hooks.length > 1 ? `Response ${index + 1}` : "Response", hook.response),
    ),
  );
  if (!calls.length) return panel("Code hook", "not called", el("p", { class: "none" }, "This turn called no function."));
  return panel("Code hook", calls.length > 1 ? `${calls.length} calls` : null, ...calls);
}

function differencesPanel({ differences, against }) {
  if (!differences) return null;
  const title = `Compared with: ${against}`;
  if (!differences.length) return panel(title, null, el("p", { class: "none" }, "This turn came to the same."));
  const rows = differences.map(({ what, before, now }) =>
    el("tr", {}, el("th", { scope: "row" }, what), el("td", {}, el("del", {}, before)), el("td", {}, el("ins", {}, now))));
  return panel(
    title,
    null,
    el("table", { class: "grid" }, el("thead", {}, el("tr", {}, ...["What", against, "This run"].map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, ...rows)),
  );
}

/** Whether the turn reached the bot: a request that breaks the API's limits does not. */
const wasRun = (view) => view.durationMs > 0 || view.hooks.length > 0;

/** `localeOf(view)` gives what the API told of the locale of a turn. */
export function createInspector({ localeOf }) {
  const findings = byId("findings");
  const nothing = byId("nothing");
  let shown = null;

  return {
    show(turn) {
      if (turn === shown) return;
      shown = turn;
      nothing.hidden = Boolean(turn);
      if (!turn) {
        findings.replaceChildren();
        return;
      }
      const { view } = turn;
      const parts = [
        headline(view),
        differencesPanel(turn),
        candidatesPanel(view, localeOf(view)),
        slotsPanel(view),
        contextsPanel(view),
        attributesPanel(view),
        pathPanel(view),
        ...(wasRun(view) ? [hookPanel(view), timings(view)] : []),
        panel("API", "RecognizeText", jsonView("Request as sent", view.request), view.response ? jsonView("Response", view.response) : null),
      ];
      findings.replaceChildren(...parts.filter(Boolean));
      byId("inspector").scrollTop = 0;
    },
  };
}
