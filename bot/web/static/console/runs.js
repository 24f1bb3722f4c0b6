// A run is one conversation from its start: its session, its turns, and what it was replayed from.

import * as api from "./api.js";

/** A run that nothing was said in yet. `target` says which bot, alias, locale and customer. */
export function newRun(target, label, first = null) {
  const id = `console-${crypto.randomUUID().slice(0, 13)}`;
  return { label, target, sessionId: id, turns: [], first };
}

export function addressOf(run) {
  const { botId, aliasId, localeId } = run.target;
  return { botId, aliasId, localeId, sessionId: run.sessionId };
}

/** Say `said` ({text, sessionAttributes?, requestAttributes?}) as the next turn of `run`. */
export async function sayIn(run, said) {
  const view = await api.say({
    ...addressOf(run),
    text: said.text,
    sessionAttributes: said.sessionAttributes ?? null,
    requestAttributes: said.requestAttributes ?? {},
    customer: run.target.customer || null,
  });
  const place = run.turns.length;
  const before = run.first?.turns[place];
  const comparable = before && before.said.text === said.text;
  const differences = comparable ? compare(before.view, view) : null;
  const edited = Boolean(before) && !comparable;
  run.turns.push({ said, view, differences, edited, against: run.first?.label });
  return run.turns.at(-1);
}

const messagesOf = (view) =>
  (view.response?.messages ?? []).map((message) => message.content ?? message.imageResponseCard?.title ?? "");

function slotText(slot) {
  if (!slot) return "(none)";
  if (slot.values?.length) return slot.values.map(slotText).join(", ");
  if (slot.subSlots) return Object.values(slot.subSlots).map(slotText).join(", ");
  return slot.value?.interpretedValue ?? slot.value?.originalValue ?? "(none)";
}

function facts(view) {
  const state = view.response?.sessionState ?? {};
  const action = state.dialogAction ?? {};
  const found = {
    answer: messagesOf(view).join("\n") || "(nothing)",
    error: view.error ?? "(none)",
    intent: state.intent?.name ?? "(none)",
    state: state.intent?.state ?? "(none)",
    confirmation: state.intent?.confirmationState ?? "(none)",
    "dialog action": [action.type, action.slotToElicit].filter(Boolean).join(" ") || "(none)",
    contexts: (state.activeContexts ?? []).map((context) => context.name).sort().join(", ") || "(none)",
  };
  for (const [name, slot] of Object.entries(state.intent?.slots ?? {})) {
    found[`slot ${name}`] = slotText(slot);
  }
  return found;
}

/** What a turn came to, where two runs part: [{what, before, now}]. */
export function compare(first, second) {
  const before = facts(first);
  const now = facts(second);
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((what) => before[what] !== now[what])
    .map((what) => ({ what, before: before[what] ?? "(none)", now: now[what] ?? "(none)" }));
}
