// The chat: one turn at a time, from what is said to what is answered.

import { byId, el, onTouchScreen } from "../shared/dom.js";
import * as api from "./api.js";
import { createComposer } from "./composer.js";
import { locale, onLanguage, words } from "./language.js";
import { keep } from "./session.js";
import { openStream } from "./stream.js";
import { createTranscript } from "./transcript.js";

const FOR_CUSTOMERS = ["suggestBalance", "suggestRecent", "suggestSpending", "suggestSend", "suggestFreeze"];
const FOR_ANYBODY = ["suggestHelp", "suggestLost", "suggestPerson"];

function greeting(name) {
  const hour = new Date().getHours();
  const part = hour < 5 ? "Evening" : hour < 12 ? "Morning" : hour < 18 ? "Afternoon" : "Evening";
  return name ? words(`good${part}`, { name: name.split(/\s+/u)[0] }) : words("helloStranger");
}

/** `onSignedOut(message)` is called when the session turns out to be over. */
export function createConversation({ onSignedOut, announce }) {
  const screen = byId("conversation");
  const opening = byId("opening");
  const notice = byId("chat-notice");
  const transcript = createTranscript((value, label, pressed, spoken) =>
    say(value, { label, pressed, spoken: spoken ?? undefined }),
  );
  const composer = createComposer((text) => say(text), announce);
  let session = null;
  let stream = null;
  let waiting = false;

  function wait(isWaiting) {
    waiting = isWaiting;
    screen.dataset.waiting = String(isWaiting);
    transcript.wait(isWaiting);
    composer.wait(isWaiting);
  }

  function tell(message) {
    notice.textContent = message ?? "";
    notice.hidden = !message;
  }

  /** Where the keyboard goes when what had it is gone; never to a keyboard that pops up. */
  function moveFocus(group) {
    if (onTouchScreen()) group.focus({ preventScroll: true });
    else composer.focus();
  }

  async function say(text, { label = text, pressed = null, spoken = locale() } = {}) {
    if (waiting || !session) return;
    const mine = session;
    const at = Date.now();
    opening.hidden = true;
    tell(null);
    const reopen = transcript.closeReplies(pressed);
    const group = transcript.said(label, at, spoken);
    wait(true);
    if (!composer.focused()) moveFocus(group);
    try {
      const { messages, heard } = await (stream.isOpen
        ? stream.say(text, spoken)
        : api.say(mine.token, text, spoken));
      if (mine !== session) return;
      wait(false);
      // A secret was taken out of the words: neither the screen nor the tab's memory keeps it.
      if (heard) transcript.reword(group, heard);
      answered(heard ?? label, at, messages, spoken);
    } catch (failure) {
      if (mine !== session) return;
      wait(false);
      reopen();
      failed(failure, group, () => say(text, { label, pressed, spoken }));
    }
  }

  function answered(label, at, messages, spoken) {
    const now = Date.now();
    transcript.answered(messages, now, spoken);
    session.entries.push({ text: label, at, spoken }, { messages, at: now, spoken });
    keep(session);
  }

  /** What the bank says of its own accord: shown as it comes, and kept like any answer. */
  function pushed({ at, messages }) {
    opening.hidden = true;
    const moment = new Date(at).getTime();
    transcript.answered(messages, moment);
    session.entries.push({ messages, at: moment });
    keep(session);
  }

  function listen(mine) {
    stream?.close();
    stream = openStream(mine, {
      onNews: pushed,
      onTyping: () => transcript.wait(waiting),
      onNumber(number) {
        mine.number = number;
        keep(mine);
      },
      onSignedOut: () => onSignedOut(words("over")),
    });
  }

  function failed(failure, group, again) {
    if (failure.signedOut) {
      onSignedOut(failure.message);
      return;
    }
    const retry = () => {
      if (waiting) return;
      group.remove();
      again();
    };
    transcript.failed(group, failure.message, failure.retryable ? retry : null);
  }

  function suggest(keys) {
    const chips = keys.map((key) => {
      const sentence = words(key);
      const onClick = () => say(sentence);
      return el("li", {}, el("button", { class: "pill", type: "button", onClick }, sentence));
    });
    byId("suggestions").replaceChildren(...chips);
  }

  function greet() {
    const name = session?.customer?.name;
    byId("greeting").textContent = greeting(name);
    byId("opening-lead").textContent = words(name ? "leadCustomer" : "leadStranger");
    suggest(name ? FOR_CUSTOMERS : FOR_ANYBODY);
  }

  function open(next) {
    session = next;
    greet();
    opening.hidden = session.entries.length > 0;
    screen.hidden = false;
    composer.clear();
    tell(null);
    wait(false);
    transcript.restore(session.entries);
    listen(session);
  }

  onLanguage(greet);

  return {
    /** Show the chat of this session, from its beginning or where it was left. */
    show(next) {
      open(next);
      if (onTouchScreen()) byId("greeting").focus();
      else composer.focus();
    },
    /** A word on something that went wrong beside the conversation. */
    tell,

    hide() {
      session = null;
      stream?.close();
      stream = null;
      screen.hidden = true;
      transcript.restore([]);
    },
  };
}
