// Watch mode: the turns of every other session as they happen.

import { el } from "../shared/dom.js";
import * as api from "./api.js";

const EVERY_MS = 1500;

const idOf = (session) => [session.botId, session.aliasId, session.localeId, session.sessionId].join("/");

/**
 * Asks for new turns while it runs. `onSessions(sessions)` gets all of them, newest first;
 * `isOwn(sessionId)` tells this page's own, which are left out.
 */
export function createWatch({ onSessions, isOwn, onTrouble }) {
  const sessions = new Map();
  let last = 0;
  let running = false;
  let timer = null;

  function take(turn) {
    if (isOwn(turn.session.sessionId)) return false;
    const id = idOf(turn.session);
    const session = sessions.get(id) ?? { id, address: turn.session, turns: [] };
    session.turns.push({ said: { text: turn.text ?? "" }, view: turn, differences: null });
    session.last = turn.number;
    sessions.set(id, session);
    return true;
  }

  async function ask() {
    if (!running) return;
    try {
      const found = await api.feed(last);
      if (!running) return;
      if (found.last < last) sessions.clear();
      last = found.last;
      const news = found.turns.map(take).some(Boolean);
      onTrouble(null);
      if (news) onSessions([...sessions.values()].sort((a, b) => b.last - a.last));
    } catch (failure) {
      onTrouble(failure.message);
    }
    if (running) timer = setTimeout(ask, EVERY_MS);
  }

  return {
    start() {
      if (running) return;
      running = true;
      ask();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
    sessions: () => [...sessions.values()].sort((a, b) => b.last - a.last),
    /** The latest session, whichever it is, then each by itself: when and how much was said. */
    options: (all) => [el("option", { value: "" }, "Follow the latest"), ...all.map((session) => {
      const at = new Date(session.turns.at(-1).view.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      const count = session.turns.length;
      return el("option", { value: session.id }, `${at} · ${session.address.sessionId.slice(0, 18)} · ${count} ${count === 1 ? "turn" : "turns"}`);
    })],
  };
}
