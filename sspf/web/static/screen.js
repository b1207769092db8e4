"use strict";
// The shared screen asks for news and is black when nobody answers; Esc blacks it, here and where it is led from.
(() => {
  const screen = document.querySelector("[data-poll]");
  const blacken = (on) => {
    screen.toggleAttribute("data-lost", on);
    screen.querySelector(".screen-black").hidden = !on && !screen.hasAttribute("data-black");
  };
  let missed = 0, polls = 0;
  const poll = async () => {
    if (++polls % 4 === 0) turn();
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

  // what does not fit is shown in turn, in step with the polls; the space bar stays on a part
  const rows = screen ? [...screen.querySelectorAll(".screen-rows > li")] : [];
  const part = document.querySelector(".screen-part");
  let parts = [rows], shown = 0, stays = false;
  const show = (some) => rows.forEach((row) => { row.hidden = !some.includes(row); });
  const fits = () => document.documentElement.scrollHeight <= innerHeight;
  const turn = (to = shown + 1) => {
    if (stays || parts.length < 2) return;
    shown = to % parts.length;
    show(parts[shown]);
    let numbers = [shown + 1, parts.length];
    part.textContent = part.dataset.words.replace(/%s/g, () => numbers.shift());
  };
  const divide = () => {
    if (!part) return;
    show(rows);
    part.hidden = true;
    parts = [rows];
    if (fits() || matchMedia("(width < 48rem)").matches) return;
    part.hidden = false;
    part.textContent = part.dataset.words;
    parts = [];
    for (let rest = rows; rest.length; rest = rest.slice(parts.at(-1).length)) {
      let many = rest.length;
      do show(rest.slice(0, many)); while (!fits() && --many);
      parts.push(rest.slice(0, many || 1));
    }
    turn(0);
  };
  divide();
  addEventListener("resize", divide);

  let paused = false;
  const pause = () => {
    paused = true;
    blacken(true);
    fetch(screen.dataset.pause, { method: "POST", redirect: "manual" }).catch(() => {});
  };
  if (screen) setTimeout(poll, 3000);
  addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === " " && screen && parts.length > 1) {
      event.preventDefault();
      stays = !stays;
    }
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
