"use strict";
// Nobody is signed out unawares, and what they have typed is kept for them: by the server, never here.
(() => {
  const byId = (id) => document.getElementById(id);
  const dialog = byId("stay");
  if (!dialog) return;
  const WARNED = 120e3, EVERY = 30e3;
  let idleAt = Date.now() + dialog.dataset.idle * 1e3;
  const oldAt = Date.now() + dialog.dataset.left * 1e3;
  const usedFor = dialog.dataset.idle * 1e3;
  const used = () => { idleAt = Math.max(idleAt, Date.now() + usedFor); };

  let told = "";
  const tell = (state) => {
    if (told === state) return;
    told = state;
    for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
    if (state && !dialog.open) dialog.showModal();
    if (!state && dialog.open) dialog.close();
  };
  const ends = () => tell("out");
  const watch = () => {
    if (told === "out") return;
    const left = Math.min(idleAt, oldAt) - Date.now();
    if (left > WARNED) return tell("");
    if (left <= 0) return ends();
    saveAll();
    tell(oldAt < idleAt ? "old" : "idle");
  };
  const ask = (path, options = {}) => fetch(path, { redirect: "manual", ...options, headers: { Accept: "application/json" } });
  byId("stay-close").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await ask("/fortsatt", { method: "POST" });
      if (!answer.ok) return ends();
      used();
      tell("");
    } catch {
      byId("stay-problem").textContent = dialog.dataset.noAnswer;
    }
  });

  const TYPED = "textarea, input[type=text], input[type=email], input:not([type])";
  const keeps = (form) => form?.method === "post" && !("noDraft" in form.dataset) && form.querySelector(TYPED);
  const pathOf = (form) => new URL(form.getAttribute("action"), location).pathname;
  const changed = new Set();
  let saving = new AbortController();
  document.addEventListener("input", ({ target }) => keeps(target.form) && changed.add(target.form));
  document.addEventListener("submit", ({ target }) => {
    if (!changed.delete(target)) return;
    saving.abort();
    saving = new AbortController();
  }, true);
  const save = async (form) => {
    changed.delete(form);
    if (!form.isConnected) return;
    const typed = new URLSearchParams([["utkast-sida", location.pathname], ["utkast-till", pathOf(form)]]);
    for (const [name, value] of new FormData(form)) {
      const field = form.elements[name];
      if (typeof value === "string" && field.type !== "password" && field.autocomplete !== "one-time-code") typed.append(name, value);
    }
    try {
      const answer = await ask("/utkast", { method: "POST", body: typed, keepalive: true, signal: saving.signal });
      if (answer.type === "opaqueredirect") return ends();
      if (!answer.ok) return;
      used();
      const { at } = await answer.json();
      const note = form.querySelector(".draft-saved") || form.appendChild(Object.assign(document.createElement("p"), { className: "draft-saved" }));
      note.textContent = dialog.dataset.saved.replace("%s", at);
    } catch (error) {
      if (error.name !== "AbortError") changed.add(form);
    }
  };
  const saveAll = () => { for (const form of [...changed]) save(form); };
  setInterval(watch, 5e3);
  setInterval(saveAll, EVERY);
  addEventListener("visibilitychange", () => { document.hidden ? saveAll() : watch(); });
  document.addEventListener("htmx:after:swap", () => document.querySelector("[data-signed-out]") ? ends() : used());

  const found = byId("draft");
  const look = async () => {
    const forms = [...document.forms].filter(keeps);
    if (!forms.length) return;
    const answer = await ask("/utkast?sida=" + encodeURIComponent(location.pathname));
    const [draft] = answer.ok ? await answer.json() : [];
    if (!draft) return;
    byId("draft-title").textContent = found.dataset.title.replace("%s", draft.at);
    found.hidden = false;
    byId("draft-discard").addEventListener("click", async () => {
      await ask(`/utkast/${draft.id}/slang`, { method: "POST" });
      found.hidden = true;
    });
    byId("draft-fetch").addEventListener("click", async () => {
      const form = forms.find((one) => one.isConnected && pathOf(one) === draft.sent_to);
      if (!form) return location.assign(`/utkast/${draft.id}`);
      const opened = await ask(`/utkast/${draft.id}`);
      if (!opened.ok) return ends();
      fill(form, (await opened.json()).typed);
      found.hidden = true;
    });
  };
  const fill = (form, typed) => {
    const left = new Map();
    for (const [name, text] of typed) left.set(name, [...(left.get(name) || []), text]);
    for (const field of form.elements) {
      // what the page itself put there, such as a version, is of today
      if (!field.name || ["hidden", "submit", "password"].includes(field.type)) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = (left.get(field.name) || []).includes(field.value);
      else if (left.has(field.name)) field.value = left.get(field.name).shift() ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.querySelector(TYPED).focus();
  };
  look().catch(() => {});
})();
