// Slack's mrkdwn as elements: bold, italics, strikes, code, links, mentions and dates; text only ever as text nodes.

import { el } from "../shared/dom.js";
import { drawn } from "./emoji.js";

const PIECE = /<!date\^(\d+)\^[^|>]*\|([^>]*)>|<@([A-Z0-9]+)>|<(https?:\/\/[^|>]+)(?:\|([^>]*))?>|`([^`]+)`|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~/gu;
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function plain(text) {
  return text.replace(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity]);
}

/** The nodes of `text`; `nameOf(id)` names a mentioned person. */
export function mrkdwn(text, nameOf) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(PIECE)) {
    const [whole, unix, fallback, user, href, label, code, bold, italic, struck] = found;
    nodes.push(...drawn(plain(text.slice(end, found.index))));
    end = found.index + whole.length;
    if (unix) nodes.push(el("time", { title: fallback }, clock.format(Number(unix) * 1000)));
    else if (user) nodes.push(el("span", { class: "mention" }, `@${nameOf(user)}`));
    else if (href) nodes.push(el("a", { href: plain(href), rel: "noreferrer" }, plain(label ?? href)));
    else if (code) nodes.push(el("code", {}, plain(code)));
    else if (bold) nodes.push(el("strong", {}, ...mrkdwn(bold, nameOf)));
    else if (struck) nodes.push(el("s", {}, ...mrkdwn(struck, nameOf)));
    else nodes.push(el("em", {}, ...mrkdwn(italic, nameOf)));
  }
  nodes.push(...drawn(plain(text.slice(end))));
  return nodes;
}
