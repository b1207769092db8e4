"use strict";
// The shared screen asks for news and is black when nobody answers; Esc blacks it, here and where it is led from.
(() => {
  const screen = document.querySelector("[data-poll]");
  const blacken = (on) => {
    screen.toggleAttribute("data-lost", on);
    screen.querySelector(".screen-black").hidden = !on && !screen.hasAttribute("data-black");
  };
  let missed = 0;
  const poll = async () => {
    let status = 0;
    try {
      const asked = { headers: { "If-None-Match": screen.dataset.mark }, redirect: "manual", cache: "no-store" };
      const answer = await fetch(screen.dataset.poll, asked);
      status = answer.type === "opaqueredirect" ? 401 : answer.status;
    } catch { /* nobody there */ }
    if (status === 200) return location.reload();
    missed = status === 204 ? 0 : missed + 1;
    // a moment without an answer is forgiven, a no is not
    if (!paused) blacken(missed > 1 || (missed && status < 500 && status !== 0));
    setTimeout(poll, 3000);
  };

  let paused = false;
  const pause = () => {
    paused = true;
    blacken(true);
    fetch(screen.dataset.pause, { method: "POST", redirect: "manual" }).catch(() => {});
  };
  if (screen) setTimeout(poll, 3000);
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    if (screen?.dataset.pause) pause();
    document.querySelector("form[data-esc]")?.requestSubmit();
  });
  addEventListener("pageshow", (event) => event.persisted && screen && location.reload());

  // beside the meeting: what the screen shows follows from what is pressed there
  const refresh = () => document.getElementById("screen_state")?.dispatchEvent(new Event("refresh"));
  const tick = () => {
    const left = document.querySelector("[data-lasts]");
    if (!left) return;
    left.dataset.lasts -= 1;
    left.textContent = left.dataset.lasts > 0 ? left.dataset.left.replace("%s", left.dataset.lasts) : left.dataset.gone;
    if (left.dataset.lasts <= 0) left.removeAttribute("data-lasts");
  };
  if (!screen) {
    setInterval(tick, 1000);
    addEventListener("focus", refresh);
    document.addEventListener("htmx:after:swap", ({ target }) => target.closest?.("#screen_control, #problem") || refresh());
  }
})();
