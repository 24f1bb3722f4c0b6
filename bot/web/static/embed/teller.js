// Teller on a bank's own page, by one script tag whose address is the chat's origin and this path:
//
//   <script src=".../static/embed/teller.js" async data-accent="#0e5b49" data-theme="light"
//           data-label="Chat with us" data-language="es"></script>
//
// The chat lives in a frame of its own origin, so that nothing on the page around it can read it.
// The page's policy needs script-src and frame-src for that origin, and nothing inline.
// `teller.signIn(idToken)` signs in whoever signed in with the bank's identity provider.
(() => {
  const tag = document.currentScript;
  const origin = new URL(tag.src).origin;
  const { accent = "", theme = "" } = tag.dataset;
  const language = tag.dataset.language ?? document.documentElement.lang;
  const [chat, close] = /^es\b/iu.test(language)
    ? ["Chatee con Teller", "Cerrar el chat"]
    : ["Chat with Teller", "Close chat"];
  const { label = chat } = tag.dataset;

  const sheet = new CSSStyleSheet();
  // Any colour of the bank's is darkened until white can be read on it.
  sheet.replaceSync(`
    :host { all: initial; color-scheme: light dark; --ground: light-dark(#fff, #0e1412);
      --ink: oklch(from var(--accent, #0e5b49) min(l, 0.42) c h);
      position: fixed; z-index: 2147483000; inset: auto 1rem 1rem auto; }
    button { font: 600 1rem/1.25 system-ui, sans-serif; min-height: 3rem; padding: 0.75rem 1.25rem;
      border: 0; border-radius: 1.5rem; color: #fff; background: var(--ink);
      box-shadow: 0 4px 16px rgb(0 0 0 / 25%); cursor: pointer; }
    button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
    iframe { display: block; box-sizing: border-box; width: min(25rem, calc(100vw - 2rem));
      height: min(40rem, calc(100vh - 6rem)); margin-bottom: 0.75rem; border: 1px solid #867f6e;
      border-radius: 1rem; background: var(--ground); box-shadow: 0 8px 32px rgb(0 0 0 / 25%); }
    iframe[hidden] { display: none; }
    .row { display: flex; justify-content: end; }
    @media (max-width: 30rem) {
      :host(.open) { inset: 0; }
      :host(.open) .shell { display: flex; flex-direction: column; height: 100%; background: var(--ground); }
      :host(.open) iframe { flex: 1; width: 100%; height: auto; margin: 0; border: 0; border-radius: 0; }
      :host(.open) .row { padding: 0.25rem; }
    }
  `);

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const shell = document.createElement("div");
  const row = document.createElement("div");
  const button = document.createElement("button");
  shell.className = "shell";
  row.className = "row";
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  row.append(button);
  shell.append(row);
  root.append(shell);
  if (/^#[0-9a-f]{6}$/iu.test(accent)) host.style.setProperty("--accent", accent);

  if (theme === "light" || theme === "dark") host.style.colorScheme = theme;

  let frame = null;
  let isReady = false;
  let token = null;

  function build() {
    const looks = new URLSearchParams({ accent: accent.replace("#", ""), theme, language });
    frame = document.createElement("iframe");
    frame.title = label;
    frame.src = `${origin}/embed#${looks}`;
    shell.prepend(frame);
  }

  function toggle(open) {
    if (open && !frame) build();
    if (frame) frame.hidden = !open;
    host.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? close : label;
  }

  function handOver() {
    if (!token || !isReady) return;
    frame.contentWindow.postMessage({ type: "teller:sign-in", idToken: token }, origin);
    token = null;
  }

  button.addEventListener("click", () => toggle(!frame || frame.hidden));
  addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || !frame || source !== frame.contentWindow) return;
    if (data?.type === "teller:ready") {
      isReady = true;
      handOver();
    } else if (data?.type === "teller:close") {
      toggle(false);
      button.focus();
    }
  });

  window.teller = Object.freeze({
    open: () => toggle(true),
    close: () => toggle(false),
    /** An ID token of the bank's identity provider; the chat opens as that customer. */
    signIn(idToken) {
      token = String(idToken);
      toggle(true);
      handOver();
    },
  });
  document.body.append(host);
})();
