// The selectors above the conversation: which bot, alias and locale is tested, and who speaks.

import { byId, el } from "../shared/dom.js";

/** `onChange(target)` follows every choice; `hosted` is what the API told. */
export function createSettings(hosted, onChange) {
  const bot = byId("bot");
  const alias = byId("alias");
  const locale = byId("locale");
  const customer = byId("customer");

  const option = (value, text) => el("option", { value }, text);
  const chosenBot = () => hosted.bots.find((each) => each.botId === bot.value);

  function fillBot() {
    const found = chosenBot();
    if (!found) return;
    alias.replaceChildren(...found.aliases.map((each) => option(each.aliasId, each.name)));
    locale.replaceChildren(...found.locales.map((each) => option(each.localeId, each.localeId)));
  }

  const target = () => ({
    botId: bot.value,
    aliasId: alias.value,
    localeId: locale.value,
    customer: customer.value || "",
  });

  bot.replaceChildren(...hosted.bots.map((each) => option(each.botId, each.name)));
  customer.replaceChildren(option("", "Nobody (anonymous)"), ...hosted.customers.map((each) => option(each.id, each.name)));
  byId("customer-setting").hidden = hosted.customers.length === 0;
  fillBot();
  bot.addEventListener("change", fillBot);
  for (const select of [bot, alias, locale, customer]) {
    select.addEventListener("change", () => onChange(target()));
  }
  byId("settings").addEventListener("submit", (event) => event.preventDefault());

  return {
    target,
    /** The locale of a turn as the API told it. */
    localeOf(view) {
      const found = hosted.bots.find((each) => each.botId === view.session.botId);
      return found?.locales.find((each) => each.localeId === view.session.localeId);
    },
    /** Let the tester choose what is tested, or not while watching. */
    show(isTesting) {
      for (const select of [bot, alias, locale]) select.closest("label").hidden = !isTesting;
      byId("customer-setting").hidden = !isTesting || hosted.customers.length === 0;
    },
  };
}
