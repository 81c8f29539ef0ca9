// Pictures and sounds for those who have none at hand: drawn and computed here,
// the same for the same seed.
import { make } from './dom.js';

// chance gives numbers from 0 to 1 that depend on the seed alone.
function chance(seed) {
  let x = 2166136261;
  for (const c of String(seed)) x = Math.imul(x ^ c.charCodeAt(0), 16777619);
  return () => {
    x = Math.imul(x ^ (x >>> 15), 2246822519);
    x = Math.imul(x ^ (x >>> 13), 3266489917);
    x ^= x >>> 16;
    return (x >>> 0) / 4294967296;
  };
}

const WOODS = [['#c89b66', '#b98653', '#d8b07c'], ['#8e5f3c', '#7a4e2f', '#a3714a'], ['#e3c9a0', '#d6b98a', '#eed9b8'], ['#6b4a35', '#5b3d2b', '#7d5943']];

// floor is parquet in herringbone: a lattice of pairs of planks.
function floor(g, w, h, rnd) {
  const wood = WOODS[Math.floor(rnd() * WOODS.length)];
  const wide = w / (13 + rnd() * 5), long = wide * 5;
  g.save();
  g.fillStyle = '#3b2a1c';
  g.fillRect(0, 0, w, h);
  g.translate(w / 2, h / 2);
  g.rotate(Math.PI / 4);
  const reach = w + h;
  for (let m = -Math.ceil(reach / long); m * long < reach; m++) {
    for (let n = -Math.ceil(reach / wide); n * wide < reach; n++) {
      const x = n * wide + m * long, y = n * wide - m * long;
      if (Math.abs(x) + Math.abs(y) > 2 * reach) continue;
      for (const [left, top, turn] of [[x, y, 0], [x + long + wide, y + wide - long, Math.PI / 2]]) {
        g.save();
        g.translate(left, top);
        g.rotate(turn);
        plank(g, long, wide, wood, rnd);
        g.restore();
      }
    }
  }
  g.restore();
}

function plank(g, long, wide, wood, rnd) {
  g.fillStyle = wood[Math.floor(rnd() * wood.length)];
  g.fillRect(1, 1, long - 2, wide - 2);
  g.strokeStyle = 'rgba(60, 35, 15, .22)';
  for (let i = 0; i < 3; i++) {
    const y = wide * (0.2 + rnd() * 0.6);
    g.beginPath();
    g.moveTo(2, y);
    g.bezierCurveTo(long * 0.3, y + (rnd() - 0.5) * wide * 0.5, long * 0.6, y + (rnd() - 0.5) * wide * 0.5, long - 2, y);
    g.stroke();
  }
}

function hills(g, w, h, rnd) {
  const hue = Math.floor(rnd() * 360);
  const sky = g.createLinearGradient(0, 0, 0, h);
  sky.addColorStop(0, `hsl(${hue} 60% 62%)`);
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 75% 86%)`);
  g.fillStyle = sky;
  g.fillRect(0, 0, w, h);
  g.fillStyle = 'rgba(255, 250, 230, .95)';
  g.beginPath();
  g.arc(w * (0.2 + rnd() * 0.6), h * (0.2 + rnd() * 0.2), h * 0.09, 0, 7);
  g.fill();
  for (let i = 0; i < 4; i++) {
    g.fillStyle = `hsl(${(hue + 140 + i * 8) % 360} 32% ${58 - i * 11}%)`;
    g.beginPath();
    g.moveTo(0, h);
    const base = h * (0.5 + i * 0.12), phase = rnd() * 6, steep = h * (0.12 - i * 0.02);
    for (let x = 0; x <= w; x += 8) g.lineTo(x, base + Math.sin(x / w * (4 + i) + phase) * steep);
    g.lineTo(w, h);
    g.fill();
  }
}

function room(g, w, h, rnd) {
  g.fillStyle = `hsl(${Math.floor(rnd() * 360)} 24% 84%)`;
  g.fillRect(0, 0, w, h);
  g.fillStyle = '#fff';
  g.fillRect(w * 0.58, h * 0.12, w * 0.28, h * 0.4);
  g.fillStyle = '#a9d4ee';
  for (const [x, y] of [[0.6, 0.145], [0.73, 0.145], [0.6, 0.335], [0.73, 0.335]]) g.fillRect(w * x, h * y, w * 0.115, h * 0.165);
  g.save();
  g.beginPath();
  g.rect(0, h * 0.66, w, h * 0.34);
  g.clip();
  g.translate(0, h * 0.3);
  floor(g, w, h, rnd);
  g.restore();
  g.fillStyle = '#fff';
  g.fillRect(0, h * 0.63, w, h * 0.035);
  g.fillStyle = `hsl(${Math.floor(rnd() * 360)} 40% 46%)`;
  g.beginPath();
  g.roundRect(w * 0.1, h * 0.46, w * 0.4, h * 0.26, 14);
  g.fill();
  g.fillStyle = 'rgba(255, 255, 255, .2)';
  g.fillRect(w * 0.14, h * 0.5, w * 0.15, h * 0.12);
  g.fillRect(w * 0.31, h * 0.5, w * 0.15, h * 0.12);
}

const SCENES = [floor, room, hills];

// draw draws a picture for the seed; scene -1 = any.
function draw(seed, width, height, scene = -1) {
  const canvas = make('canvas', { width, height });
  const rnd = chance(seed);
  const pick = scene < 0 ? Math.floor(rnd() * SCENES.length) : scene % SCENES.length;
  SCENES[pick](canvas.getContext('2d'), width, height, rnd);
  return canvas;
}

const drawn = new Map();

// picture is the address of a drawn picture, for files whose content is made up.
export function picture(seed, width, height) {
  const scale = 320 / Math.max(width || 4, height || 3, 1);
  const w = Math.max(1, Math.round((width || 4) * scale)), h = Math.max(1, Math.round((height || 3) * scale));
  const key = `${seed}/${w}/${h}`;
  if (!drawn.has(key)) drawn.set(key, draw(seed, w, h).toDataURL('image/jpeg', 0.8));
  return drawn.get(key);
}

let samples = Date.now() % 1000;

// sample is a photo to send, as /world/send takes it.
export function sample(scene = -1) {
  samples++;
  const width = scene % 3 === 1 ? 960 : 800, height = 600;
  const data = draw(samples, width, height, scene).toDataURL('image/jpeg', 0.75).split(',')[1];
  return { kind: 'photo', width, height, data, mime: 'image/jpeg' };
}

// levels are the heights of the bars of a voice message, 0 to 1.
export function levels(seed, bars) {
  const rnd = chance(seed);
  return Array.from({ length: bars }, (_, i) => 0.2 + 0.8 * Math.abs(Math.sin(i * 0.7 + rnd() * 2)) * (0.4 + rnd() * 0.6));
}

// hum is the address of a sound of so many seconds: what is played for voices
// whose content is made up.
export function hum(seed, seconds) {
  const rate = 8000, n = Math.max(1, Math.round(rate * Math.min(seconds, 30)));
  const rnd = chance(seed);
  const bytes = new DataView(new ArrayBuffer(44 + n));
  const text = (at, s) => [...s].forEach((c, i) => bytes.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF'); bytes.setUint32(4, 36 + n, true); text(8, 'WAVEfmt '); bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true); bytes.setUint32(24, rate, true); bytes.setUint32(28, rate, true);
  bytes.setUint16(32, 1, true); bytes.setUint16(34, 8, true); text(36, 'data'); bytes.setUint32(40, n, true);
  let pitch = 150, phase = 0;
  for (let i = 0; i < n; i++) {
    if (i % 1600 === 0) pitch = 110 + rnd() * 160;
    phase += pitch / rate * Math.PI * 2;
    const swell = Math.min(1, (i % 1600) / 300, (1600 - i % 1600) / 300);
    bytes.setUint8(44 + i, 128 + Math.round(Math.sin(phase) * 38 * swell));
  }
  return URL.createObjectURL(new Blob([bytes.buffer], { type: 'audio/wav' }));
}
