// Shows a red dot on the page's icon while there are new notifications.

export class IconDot {
  /** @type {{ link: HTMLLinkElement, href: string | null } | null} the icon with the dot, and its URL without it (null: the page had no icon); null: no dot is shown */ #dotted = null;
  #drawing = 0;

  /** @param {boolean} shown */
  async set(shown) {
    if (shown === !!this.#dotted) return;
    if (shown) await this.#draw();
    else this.#remove();
  }

  #remove() {
    const { link, href } = this.#dotted ?? {};
    if (href && link) link.href = href;
    else link?.remove();
    this.#dotted = null;
    this.#drawing++;
  }

  async #draw() {
    /** @type {HTMLLinkElement | null} */ const found = document.querySelector('link[rel~="icon"]');
    const link = found ?? Object.assign(document.createElement('link'), { rel: 'icon' }), drawing = ++this.#drawing;
    const image = Object.assign(new Image(), { crossOrigin: 'anonymous', src: link.href || '/favicon.ico' });
    this.#dotted = { link, href: found && link.href };
    await image.decode().catch(() => {}); // the page has no icon, or the browser does not allow reading it: only the dot is drawn
    if (drawing !== this.#drawing) return;
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    if (image.naturalWidth) context.drawImage(image, 0, 0, 64, 64);
    context.fillStyle = '#e11230';
    context.arc(46, 18, 18, 0, 2 * Math.PI);
    context.fill();
    link.href = canvas.toDataURL();
    if (!link.isConnected) document.head.append(link);
  }
}
