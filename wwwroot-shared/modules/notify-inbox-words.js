// What the inbox says, in English and German, and how it writes numbers and times. `texts` of the element replaces any of them.

/** @type {Record<string, import('./types').InboxTexts>} */
const shipped = {
  en: {
    title: 'Notifications', unread: { one: '{n} unread notification', other: '{n} unread notifications' }, more: 'more than {n} unread notifications',
    isUnread: 'unread', all: 'All', unreadTab: 'Unread', archived: 'Archived', readAll: 'Read all', close: 'Close',
    archive: 'Archive', unarchive: 'Back to the list', snooze: 'Snooze or mute', snoozeUntil: 'Snooze until', inAnHour: 'In an hour', thisEvening: 'This evening', tomorrow: 'Tomorrow', nextWeek: 'Next week',
    chooseTime: 'Choose a time', set: 'Snooze', mute: 'Mute “{topic}”', loading: 'Loading', end: 'That is all.',
    empty: 'Nothing here yet', emptyHint: 'What comes for you will be listed here.', noneUnread: 'You have read everything', noneUnreadHint: 'New ones appear here by themselves.',
    noneArchived: 'Nothing archived', noneArchivedHint: 'What you archive is kept here.', failed: 'The list did not load', failedHint: 'We try again by ourselves.', tryNow: 'Try now',
    offline: 'Offline since {time}. Marks are sent later.', nobody: 'Nobody is signed in. This is what came since the page was opened.', dismiss: 'Dismiss', burst: '{n} more',
    info: 'Information', success: 'Success', warning: 'Warning', critical: 'Critical', own: 'For you', broadcast: 'For everybody', notMuted: '“{topic}” was not muted.',
    settings: 'Settings', back: 'Back to the list', mutedHead: 'Muted', unmute: 'Unmute', type: 'Type {type}', noneMuted: 'Nothing is muted. A notification’s clock has the choice to mute its topic.',
    quietHead: 'Without a badge', quiet: 'Quiet hours', from: 'From', to: 'Until', zone: 'What comes then is listed, and counts nowhere. Times of {zone}.', through: 'Critical ones always count',
    saved: 'Saved', notSaved: 'Not saved.', badTimes: 'Choose two different times.', notNow: 'That cannot be loaded now. Try it again in a moment.',
  },
  de: {
    title: 'Mitteilungen', unread: { one: '{n} ungelesene Mitteilung', other: '{n} ungelesene Mitteilungen' }, more: 'mehr als {n} ungelesene Mitteilungen',
    isUnread: 'ungelesen', all: 'Alle', unreadTab: 'Ungelesen', archived: 'Archiv', readAll: 'Alle gelesen', close: 'Schließen',
    archive: 'Archivieren', unarchive: 'Zurück in die Liste', snooze: 'Später oder stumm', snoozeUntil: 'Erinnern', inAnHour: 'In einer Stunde', thisEvening: 'Heute Abend', tomorrow: 'Morgen', nextWeek: 'Nächste Woche',
    chooseTime: 'Zeit wählen', set: 'Erinnern', mute: '„{topic}“ stummschalten', loading: 'Wird geladen', end: 'Das ist alles.',
    empty: 'Noch nichts da', emptyHint: 'Was für Sie kommt, steht dann hier.', noneUnread: 'Alles gelesen', noneUnreadHint: 'Neues erscheint von selbst.',
    noneArchived: 'Nichts archiviert', noneArchivedHint: 'Was Sie archivieren, bleibt hier.', failed: 'Die Liste wurde nicht geladen', failedHint: 'Wir versuchen es von selbst wieder.', tryNow: 'Jetzt versuchen',
    offline: 'Offline seit {time}. Was Sie tun, wird später gesendet.', nobody: 'Niemand ist angemeldet. Das kam, seit die Seite offen ist.', dismiss: 'Ausblenden', burst: '{n} weitere',
    info: 'Information', success: 'Erfolg', warning: 'Warnung', critical: 'Kritisch', own: 'Für Sie', broadcast: 'Für alle', notMuted: '„{topic}“ wurde nicht stummgeschaltet.',
    settings: 'Einstellungen', back: 'Zurück zur Liste', mutedHead: 'Stumm', unmute: 'Wieder laut', type: 'Art {type}', noneMuted: 'Nichts ist stumm. Die Uhr einer Mitteilung bietet an, ihr Thema stummzuschalten.',
    quietHead: 'Ohne Zähler', quiet: 'Ruhezeit', from: 'Von', to: 'Bis', zone: 'Was dann kommt, steht in der Liste und zählt nicht. Zeiten in {zone}.', through: 'Kritisches zählt immer',
    saved: 'Gespeichert', notSaved: 'Nicht gespeichert.', badTimes: 'Wählen Sie zwei verschiedene Zeiten.', notNow: 'Das lädt gerade nicht. Versuchen Sie es gleich noch einmal.',
  },
};

const minute = 60_000, hour = 60 * minute;

export class Words {
  #plural; #number; #relative; #clock; #weekday; #date; #full;

  /** @param {string} language @param {Partial<import('./types').InboxTexts>} own */
  constructor(language, own) {
    let lang = 'en';
    try { lang = Intl.getCanonicalLocales(language)[0] ?? lang; } catch { /* not a language: English */ }
    this.texts = { ...(shipped[lang.split('-')[0]] ?? shipped.en), ...own };
    /** Of the words; dates and figures follow the page's own language. */
    this.lang = lang;
    const format = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(lang, options);
    this.#plural = new Intl.PluralRules(lang);
    this.#number = new Intl.NumberFormat(lang);
    this.#relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' });
    this.#clock = format({ hour: '2-digit', minute: '2-digit' });
    this.#weekday = format({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
    this.#date = format({ weekday: 'long', day: 'numeric', month: 'long' });
    this.#full = format({ dateStyle: 'full', timeStyle: 'long' });
  }

  /** @param {string | Record<string, string>} text @param {number} n */
  count(text, n) {
    const form = typeof text === 'string' ? text : text[this.#plural.select(n)] ?? text.other;
    return form.replace('{n}', this.#number.format(n));
  }

  /** Relative up to an hour, then the clock, then the day. @param {Date} at @param {number} now */
  ago(at, now) {
    const past = now - at.getTime();
    if (past < minute) return this.#relative.format(0, 'second');
    if (past < hour) return this.#relative.format(-Math.floor(past / minute), 'minute');
    return daysBetween(at, now) === 0 ? this.#clock.format(at) : this.#weekday.format(at);
  }

  /** @param {Date} at */ clock(at) { return this.#clock.format(at); }
  /** @param {Date} at */ full(at) { return this.#full.format(at); }
  /** @param {Date} at @param {number} now */ soon(at, now) { return (daysBetween(at, now) === 0 ? this.#clock : this.#weekday).format(at); }

  /** @param {Date} at @param {number} now */
  day(at, now) {
    const days = daysBetween(at, now), text = days > -2 && days <= 0 ? this.#relative.format(days, 'day') : this.#date.format(at);
    return text.charAt(0).toLocaleUpperCase(this.lang) + text.slice(1);
  }

  /** @param {string[]} topics */
  topic([first]) {
    if (first === 'broadcast') return this.texts.broadcast;
    return /^(users|demo)\//.test(first) ? this.texts.own : first;
  }
}

/** @param {Date} at @param {number} now */
function daysBetween(at, now) {
  const day = (/** @type {Date} */ d) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((day(at) - day(new Date(now))) / 86_400_000);
}
