// Where else a count shows: before the page's title, as a dot on its icon, and on the icon of an installed app. Loaded by a badge that asks for it.

/** @type {Map<object, { count: number, also: string[] }>} by badge */ const badges = new Map();
/** @type {{ link: HTMLLinkElement, href: string | null } | null} */ let dotted = null;
let drawing = 0;

/** @param {object} badge @param {number} count @param {string[]} also any of `title`, `icon`, `app`; none takes the badge's away */
export function show(badge, count, also) {
  if (also.length) badges.set(badge, { count, also });
  else badges.delete(badge);
  titled();
  icon(total('icon') > 0);
  const app = total('app');
  if ('setAppBadge' in navigator) (app ? navigator.setAppBadge(app) : navigator.clearAppBadge()).catch(() => {});
}

/** The highest, for several badges may count the same. @param {string} where */
const total = where => Math.max(0, ...[...badges.values()].filter(b => b.also.includes(where)).map(b => b.count));

function titled() {
  const count = total('title'), bare = document.title.replace(/^\(\d+\+?\) /, '');
  const title = count ? `(${count > 99 ? '99+' : count}) ${bare}` : bare;
  if (document.title !== title) document.title = title;
}

// The page may give itself another title at any time.
new MutationObserver(titled).observe(document.head, { childList: true, subtree: true, characterData: true });

/** @param {boolean} dot */
async function icon(dot) {
  if (dot === !!dotted) return;
  if (!dot) {
    const { link, href } = /** @type {NonNullable<typeof dotted>} */ (dotted);
    if (href) link.href = href; else link.remove();
    dotted = null;
    drawing++;
    return;
  }
  const found = document.querySelector('link[rel~="icon"]'), link = /** @type {HTMLLinkElement} */ (found ?? Object.assign(document.createElement('link'), { rel: 'icon' }));
  const turn = ++drawing, image = Object.assign(new Image(), { crossOrigin: 'anonymous', src: link.href || '/favicon.ico' });
  dotted = { link, href: found && link.href };
  await image.decode().catch(() => {}); // without one, or with one that must not be read, the dot stands alone
  if (turn !== drawing) return;
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 }), pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  if (image.naturalWidth) pen.drawImage(image, 0, 0, 64, 64);
  pen.fillStyle = '#e11230';
  pen.arc(46, 18, 18, 0, 2 * Math.PI);
  pen.fill();
  link.href = canvas.toDataURL();
  if (!link.isConnected) document.head.append(link);
}
