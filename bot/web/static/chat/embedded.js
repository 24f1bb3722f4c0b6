// Inside another page's frame: looks that the page asked for, and a sign-in that it brings. Which
// pages may hold the frame is the server's to say (frame-ancestors).

import { suggest } from "./language.js";

/** `onToken(idToken)` is called with an ID token that the page around brings. */
export function wireEmbedding(onToken) {
  if (location.pathname !== "/embed") return;
  const root = document.documentElement;
  const looks = new URLSearchParams(location.hash.slice(1));
  const accent = looks.get("accent") ?? "";
  const theme = looks.get("theme") ?? "";
  const language = looks.get("language") ?? "";
  root.dataset.embedded = "";
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  // The page around is in one language: the chat begins in it, whatever the browser's is.
  if (language) suggest(language);
  if (/^[0-9a-f]{6}$/iu.test(accent)) paint(root, `#${accent}`);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.type !== "teller:sign-in") return;
    if (typeof data.idToken === "string") onToken(data.idToken);
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") parent.postMessage({ type: "teller:close" }, "*");
  });
  // Nothing of the customer's is in it, so that any page may hear it.
  parent.postMessage({ type: "teller:ready" }, "*");
}

/** The bank's hue, as dark or as light as text on it, or in it, needs. */
function paint(root, accent) {
  const shade = (lightness, chroma = "c") => `oklch(from ${accent} ${lightness} ${chroma} h)`;
  const pale = "calc(c * 0.2)";
  const set = (name, value) => root.style.setProperty(name, value);
  set("--brand", `light-dark(${shade("min(l, 0.42)")}, ${shade("max(l, 0.8)")})`);
  set("--brand-strong", `light-dark(${shade("min(l, 0.38)")}, ${shade("max(l, 0.86)")})`);
  set("--on-brand", "light-dark(#ffffff, #06120e)");
  set("--brand-soft", `light-dark(${shade("0.94", pale)}, ${shade("0.3", pale)})`);
  set("--said", shade("min(l, 0.42)"));
  set("--on-said", "#ffffff");
}
