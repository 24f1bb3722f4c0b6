// The test console: one conversation at a time, its turns on the left, the selected one inside out.

import { byId, el } from "../shared/dom.js";
import { wireThemeToggle } from "../shared/theme.js";
import * as api from "./api.js";
import { createComposer } from "./composer.js";
import { createInspector } from "./inspector.js";
import { addressOf, newRun, sayIn } from "./runs.js";
import { createSettings } from "./settings.js";
import { wireSides } from "./sides.js";
import { createTurns } from "./turns.js";
import { createWatch } from "./watch.js";

const notice = byId("notice");

function tell(message) {
  notice.textContent = message ?? "";
  notice.hidden = !message;
}

function announce(message) {
  byId("announcer").textContent = message;
}

function start(hosted) {
  const own = new Set();
  let runs = [];
  let run = null;
  let watched = null;
  let selected = -1;
  let busy = false;

  const settings = createSettings(hosted, () => fresh());
  const inspector = createInspector(settings);
  const sides = wireSides();
  const composer = createComposer((said) => say(said));
  const watching = () => watched !== null;
  const turnsNow = () => (watching() ? (watched.session?.turns ?? []) : run.turns);
  const testList = createTurns(byId("turns"), { onSelect: select, onSend: (text) => say(composer.said(text)), onEdit: editTurn });
  const watchList = createTurns(byId("turns"), { onSelect: select, onSend: null, onEdit: null });
  const list = () => (watching() ? watchList : testList);
  const watch = createWatch({ onSessions: seen, isOwn: (id) => own.has(id), onTrouble: (trouble) => watching() && tell(trouble) });

  function wait(isBusy) {
    busy = isBusy;
    byId("chat").dataset.waiting = String(isBusy);
    composer.wait(isBusy);
    refresh();
  }

  function refresh() {
    const turns = turnsNow();
    byId("opening").hidden = turns.length > 0;
    byId("replay").disabled = busy || watching() || !turns.length;
    byId("new-session").disabled = busy || watching();
    byId("session-id").textContent = (watching() ? watched.session?.address.sessionId : run.sessionId) ?? "–";
    byId("run-setting").hidden = watching() || runs.length < 2;
    byId("run").replaceChildren(...runs.map((each, index) => el("option", { value: String(index) }, each.label)));
    byId("run").value = String(runs.indexOf(run));
    const link = byId("export");
    const address = watching() ? watched.session?.address : addressOf(run);
    link.setAttribute("aria-disabled", String(!turns.length));
    if (turns.length && address) link.href = api.exportAddress(address, watching() ? "" : run.target.customer);
    else link.removeAttribute("href");
  }

  function open(next) {
    run = next;
    own.add(next.sessionId);
    selected = run.turns.length - 1;
    list().show(turnsNow(), { fresh: true });
    select(selected);
    refresh();
  }

  function fresh() {
    runs = [newRun(settings.target(), "First run")];
    tell(null);
    open(runs[0]);
    announce("A new session.");
    composer.focus();
  }

  async function select(index) {
    selected = index;
    list().select(index);
    const turn = turnsNow()[index];
    if (turn && !turn.view.trace) {
      try {
        turn.view = await api.turn(turn.view.requestId);
      } catch (failure) {
        tell(failure.message);
        return;
      }
      if (selected !== index) return;
    }
    inspector.show(turn ?? null);
  }

  /** Say one thing in `into`, and show it when that run is still the one in view. */
  async function step(into, said) {
    const turn = await sayIn(into, said);
    if (into !== run || watching()) return turn;
    list().show(into.turns);
    select(into.turns.length - 1);
    return turn;
  }

  async function working(work) {
    if (busy || watching()) return;
    tell(null);
    wait(true);
    try {
      await work();
    } catch (failure) {
      tell(failure.message);
    } finally {
      wait(false);
    }
  }

  function say(said) {
    return working(async () => {
      const held = run.turns.at(-1)?.view.response?.sessionState?.sessionAttributes ?? {};
      const given = said.sessionAttributes;
      try {
        await step(run, { ...said, sessionAttributes: given ? { ...held, ...given } : null });
      } catch (failure) {
        composer.restore(said.text);
        throw failure;
      }
      composer.sent();
    });
  }

  /** A fresh session in which `saids` are said again, compared with the run in view. */
  function again(label, saids) {
    return working(async () => {
      const next = newRun(run.target, `${label} ${runs.length}`, run);
      runs.push(next);
      open(next);
      for (const said of saids) await step(next, said);
      const apart = next.turns.filter((turn) => turn.differences?.length).length;
      announce(apart ? `${apart} turns differ from the run before.` : "Every turn came to the same.");
    });
  }

  function editTurn(index, text) {
    const before = run.turns.slice(0, index).map((turn) => turn.said);
    again("Edited", [...before, { ...run.turns[index].said, text }]).then(() => composer.focus());
  }

  function seen(sessions) {
    if (!watching()) return;
    const session = watched.id ? sessions.find((each) => each.id === watched.id) : sessions[0];
    const chooser = byId("watched");
    chooser.replaceChildren(...watch.options(sessions));
    chooser.value = watched.id ?? "";
    const isNew = session !== watched.session;
    const following = isNew || selected >= watched.shown - 1;
    watched = { id: watched.id, session, shown: session?.turns.length ?? 0 };
    watchList.show(turnsNow(), { fresh: isNew });
    if (following) select(turnsNow().length - 1);
    refresh();
  }

  function choose(mode) {
    const isWatch = mode === "watch";
    watched = isWatch ? { id: null, session: null, shown: 0 } : null;
    settings.show(!isWatch);
    byId("watched-setting").hidden = !isWatch;
    byId("composer").hidden = isWatch;
    byId("live").hidden = !isWatch;
    byId("opening-title").textContent = isWatch ? "Waiting for a conversation." : "Say something to the bot.";
    byId("opening-lead").textContent = isWatch
      ? "Turns of every other session arrive here as they happen: open the chat in another tab, or call the Runtime API."
      : "Each turn opens beside the conversation: what was understood and why, the slots, the path the dialog took, and what the code hook was asked and answered.";
    tell(null);
    inspector.show(null);
    if (isWatch) {
      watchList.show([], { fresh: true });
      seen(watch.sessions());
      watch.start();
      refresh();
    } else {
      watch.stop();
      open(run);
    }
  }

  byId("new-session").addEventListener("click", fresh);
  byId("replay").addEventListener("click", () => again("Replay", run.turns.map((turn) => turn.said)));
  byId("run").addEventListener("change", (event) => open(runs[Number(event.target.value)]));
  byId("watched").addEventListener("change", (event) => {
    watched = { id: event.target.value || null, session: null, shown: 0 };
    seen(watch.sessions());
  });
  for (const radio of document.querySelectorAll('input[name="mode"]')) {
    radio.addEventListener("change", () => choose(radio.value));
  }
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const next = selected + (event.key === "ArrowUp" ? -1 : 1);
    if (next < 0 || next >= turnsNow().length) return;
    select(next);
    announce(`Turn ${next + 1} of ${turnsNow().length}`);
  });
  byId("turns").addEventListener("click", (event) => {
    if (event.target.closest(".inspect")) sides.show("inspector");
  });
  fresh();
}

wireThemeToggle(byId("theme"));
api.bots().then(start, (failure) => tell(failure.message));
