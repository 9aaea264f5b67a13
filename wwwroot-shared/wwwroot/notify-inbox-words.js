// Texts, numbers and times in one language.
import { shippedTexts } from './notify-inbox-texts.js';

const minute = 60_000, hour = 60 * minute;

export class Words {
  #plural;
  #number;
  #relative;
  #clock;
  #weekday;
  #date;
  #exact;

  /** @param {string} pageLang @param {Partial<import('../types').InboxTexts>} own the texts that the page overrides */
  constructor(pageLang, own) {
    this.pageLang = canonical(pageLang);
    const shipped = shippedTexts[this.pageLang.split('-')[0]];
    this.texts = { ...(shipped ?? shippedTexts.en), ...own };
    /** The language of texts, dates and plurals. A page that overrides plural forms has translated the texts, so its own language applies. */
    this.lang = shipped || own.unread ? this.pageLang : 'en';
    const format = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(this.lang, options);
    this.#plural = new Intl.PluralRules(this.lang);
    this.#number = new Intl.NumberFormat(this.lang);
    this.#relative = new Intl.RelativeTimeFormat(this.lang, { numeric: 'auto', style: 'short' });
    this.#clock = format({ hour: '2-digit', minute: '2-digit' });
    this.#weekday = format({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
    this.#date = format({ weekday: 'long', day: 'numeric', month: 'long' });
    this.#exact = format({ dateStyle: 'full', timeStyle: 'long' });
  }

  /** @param {string | Record<string, string>} text @param {number} n */
  count(text, n) {
    const form = typeof text === 'string' ? text : text[this.#plural.select(n)] ?? text.other;
    return form.replace('{n}', this.#number.format(n));
  }

  /** Relative up to an hour, then the time, then the weekday and the time. @param {Date} at @param {number} now */
  ago(at, now) {
    const past = now - at.getTime();
    if (past < minute) return this.#relative.format(0, 'second');
    if (past < hour) return this.#relative.format(-Math.floor(past / minute), 'minute');
    return daysBetween(at, now) === 0 ? this.#clock.format(at) : this.#weekday.format(at);
  }

  /** @param {Date} at */ clock(at) { return this.#clock.format(at); }
  /** @param {Date} at */ exactTime(at) { return this.#exact.format(at); }
  /** @param {Date} at @param {number} now */ soon(at, now) { return (daysBetween(at, now) === 0 ? this.#clock : this.#weekday).format(at); }

  /** @param {Date} at @param {number} now */
  day(at, now) {
    const days = daysBetween(at, now), text = days > -2 && days <= 0 ? this.#relative.format(days, 'day') : this.#date.format(at);
    return text.charAt(0).toLocaleUpperCase(this.lang) + text.slice(1);
  }

  /** @param {string[]} topics */
  topic([first]) {
    const { topics = {}, broadcast, own } = this.texts;
    if (Object.hasOwn(topics, first)) return topics[first];
    if (first === 'broadcast') return broadcast;
    return this.isOwn(first) ? own : first;
  }

  /** Whether a topic is a recipient's own. @param {string} topic */
  isOwn(topic) { return topic.startsWith('users/'); }
}

/** @param {string} language any text that a page may use */
function canonical(language) {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en'; // not a language tag
  }
}

/** @param {Date} at @param {number} now */
function daysBetween(at, now) {
  const day = (/** @type {Date} */ d) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((day(at) - day(new Date(now))) / 86_400_000);
}
