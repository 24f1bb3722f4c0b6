// The pieces of a conversation as elements: bubbles, cards, quick replies, times.

import { el, icon } from "../shared/dom.js";
import { locale, tagOf, words } from "./language.js";

function time(at) {
  const moment = new Date(at);
  const clock = new Intl.DateTimeFormat(tagOf(locale()), { hour: "numeric", minute: "2-digit" });
  return el("time", { class: "time", datetime: moment.toISOString() }, clock.format(moment));
}

function bubble(text, spoken) {
  return el("p", { class: "bubble", lang: spoken ? tagOf(spoken) : null }, text);
}

/** What the customer said at `at` (milliseconds), in the language `spoken`. */
export function customerGroup(text, at, spoken) {
  return el(
    "div",
    { class: "group", "data-from": "customer", tabindex: -1 },
    el("span", { class: "unseen" }, words("youSaid")),
    el("div", { class: "stack" }, bubble(text, spoken)),
    time(at),
  );
}

/**
 * What Teller answered at `at`, in the language `spoken`; null when the bank chose it. Pressing a
 * quick reply calls `onReply(value, label, button, spoken)`: it is said in the language it is in.
 */
export function tellerGroup(messages, at, onReply, spoken) {
  const pieces = messages.map((message) => piece(message, onReply, spoken));
  return el(
    "div",
    { class: "group", "data-from": "teller" },
    el("img", { class: "avatar", src: "/static/shared/logo.svg", alt: "", width: 28, height: 28 }),
    el("span", { class: "unseen" }, words("tellerSaid")),
    el("div", { class: "stack" }, ...(pieces.length ? pieces : [silence()])),
    time(at),
  );
}

function piece(message, onReply, spoken) {
  if (message.contentType === "ImageResponseCard") {
    return card(message.imageResponseCard, (...pressed) => onReply(...pressed, spoken), spoken);
  }
  if (message.contentType === "Link") return file(message);
  return bubble(message.content, spoken);
}

function silence() {
  return el("p", { class: "bubble silent" }, words("silence"));
}

function card({ title, subtitle, imageUrl, buttons }, onReply, spoken) {
  return el(
    "div",
    { class: "card", role: "group", "aria-label": title, lang: spoken ? tagOf(spoken) : null },
    picture(imageUrl),
    el("p", { class: "card-title" }, title),
    subtitle ? el("p", { class: "card-subtitle" }, subtitle) : null,
    buttons.length ? quickReplies(buttons, onReply) : null,
  );
}

/**
 * A file to fetch. The channel has let only the bank's own addresses through; whatever it lets
 * through, nothing but the web's own schemes is ever followed.
 */
function file({ title, content }) {
  const url = URL.parse(content);
  const plain = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  if (url?.protocol !== "https:" && !plain) return bubble(content);
  return el(
    "div",
    { class: "card", role: "group", "aria-label": title },
    url.pathname.endsWith(".svg") ? drawing(url, title) : null,
    el("p", { class: "card-title" }, title),
    el(
      "a",
      { class: "pill file-link", href: url.href, target: "_blank", rel: "noopener noreferrer" },
      icon("save"),
      words("download"),
      el("span", { class: "unseen" }, ` ${words("inNewTab", { title })}`),
    ),
  );
}

/**
 * A chart as an image, in which none of its scripts would run; what it shows is said in words too.
 * The page's policy says whose files may be shown: where they may not, the link is left.
 */
function drawing(url, title) {
  const shown = el("img", { class: "card-picture", src: url.href, alt: title });
  shown.addEventListener("error", () => shown.remove());
  return shown;
}

/** Only our own pictures: one from elsewhere would tell its host who reads this, and when. */
function picture(address) {
  const url = address && URL.parse(address, location.href);
  if (!url || url.origin !== location.origin) return null;
  return el("img", { class: "card-picture", src: url.href, alt: "" });
}

function quickReplies(buttons, onReply) {
  const row = el("div", { class: "replies" });
  for (const { text, value } of buttons) {
    const button = el("button", { class: "pill quick-reply", type: "button" }, text);
    button.addEventListener("click", () => onReply(value, text, button));
    row.append(button);
  }
  return row;
}

/** Under a message that did not get through; `onRetry` is null when trying again is no use. */
export function failure(message, onRetry) {
  const said = el("span", {}, words("notAnswered", { why: message }));
  if (!onRetry) return el("p", { class: "failure" }, said);
  const retry = el("button", { class: "plain-button retry", type: "button" }, icon("again"), words("tryAgain"));
  retry.addEventListener("click", onRetry);
  return el("p", { class: "failure" }, said, retry);
}

/** Put a tick on the quick reply that was pressed. */
export function markChosen(button) {
  button.classList.add("chosen");
  button.prepend(icon("chosen"), el("span", { class: "unseen" }, words("chosen")));
}

/** Take the tick off again: that reply did not get through. */
export function unmarkChosen(button) {
  button.classList.remove("chosen");
  button.querySelectorAll(".icon, .unseen").forEach((mark) => mark.remove());
}
