// In which language the page speaks, and asks Teller to speak: chosen, else the browser's.

import { en, refusals as inEnglish } from "./words/en.js";
import { es, refusals as inSpanish } from "./words/es.js";

const KEY = "teller.locale";
const LOCALES = {
  en_US: { words: en, refusals: inEnglish },
  en_GB: { words: en, refusals: inEnglish },
  es_US: { words: es, refusals: inSpanish },
};
const FIRST = "en_US";
const PLACES = { words: "textContent", wordsLabel: "ariaLabel", wordsTitle: "title", wordsPlaceholder: "placeholder" };

let spoken = remembered() ?? preferred(navigator.languages ?? []);
const listeners = [];

function remembered() {
  try {
    const chosen = localStorage.getItem(KEY);
    return Object.hasOwn(LOCALES, chosen) ? chosen : null;
  } catch {
    return null;
  }
}

/** The locale for the first of these languages that Teller speaks. */
function preferred(languages) {
  for (const language of languages) {
    const tag = String(language).replace("_", "-").toLowerCase();
    if (tag.startsWith("es")) return "es_US";
    if (tag === "en-gb") return "en_GB";
    if (tag.startsWith("en")) return "en_US";
  }
  return FIRST;
}

/** The locale that is spoken now, as Lex names it. */
export const locale = () => spoken;

/** A locale as HTML names it. */
export const tagOf = (name) => name.replace("_", "-");

/** The page's words for `key`, each {name} in them filled. */
export function words(key, filled = {}) {
  const found = LOCALES[spoken].words[key];
  if (found === undefined) throw new Error(`no words for ${key}`);
  return found.replace(/\{(\w+)\}/gu, (_, name) => String(filled[name]));
}

/** What the channel refused, in the page's language: its own words where the page has none. */
export function refusal(code, message) {
  return LOCALES[spoken].refusals[code] ?? message;
}

/** `listener()` is called each time the language changes. */
export function onLanguage(listener) {
  listeners.push(listener);
}

/** Put the words of every marked element in place: data-words, -label, -title, -placeholder. */
function show() {
  document.documentElement.lang = tagOf(spoken);
  for (const [mark, property] of Object.entries(PLACES)) {
    const attribute = mark.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
    for (const element of document.querySelectorAll(`[data-${attribute}]`)) {
      element[property] = words(element.dataset[mark]);
    }
  }
  document.querySelector("meta[name=description]").content = words("description");
  for (const listener of listeners) listener();
}

/** Speak `next` from now on; what is no locale of Teller's changes nothing. */
function speak(next, { remember = false } = {}) {
  if (!Object.hasOwn(LOCALES, next)) return;
  spoken = next;
  if (remember) {
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Not remembered then, but it holds for this visit.
    }
  }
  show();
}

/** Speak `language` until somebody chooses one. */
export function suggest(language) {
  if (!remembered()) speak(preferred([language]));
}

/** Make `select` choose the language, and show the page in the one that is spoken. */
export function wireLanguage(select) {
  onLanguage(() => {
    select.value = spoken;
  });
  select.addEventListener("change", () => speak(select.value, { remember: true }));
  show();
}
