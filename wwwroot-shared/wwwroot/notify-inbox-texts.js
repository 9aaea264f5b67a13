// The default texts of the inbox. The element's property `texts` overrides them.

/** @type {Record<string, import('../types').InboxTexts>} */
export const shippedTexts = {
  en: {
    title: 'Notifications', unread: { one: '{n} unread notification', other: '{n} unread notifications' }, more: 'more than {n} unread notifications', isUnread: 'unread',
    all: 'All', unreadTab: 'Unread', archived: 'Archived', readAll: 'Mark all as read', close: 'Close',
    moreActions: 'More actions', archive: 'Archive', unarchive: 'Move to inbox', markRead: 'Mark as read', markUnread: 'Mark as unread', mute: 'Mute “{topic}”',
    snoozeUntil: 'Snooze until', inAnHour: 'In an hour', thisEvening: 'This evening', tomorrow: 'Tomorrow', nextWeek: 'Next week', chooseTime: 'Choose a time', set: 'Snooze',
    loading: 'Loading', end: 'That is all.', empty: 'Nothing here yet', emptyHint: 'Your notifications will appear here.',
    noneUnread: 'You have read everything', noneUnreadHint: 'New notifications appear here automatically.',
    noneArchived: 'Nothing archived', noneArchivedHint: 'Notifications that you archive are kept here.',
    failed: 'The list did not load', failedHint: 'Retrying automatically.', tryNow: 'Try again',
    offline: 'Offline since {time}. Changes sync when you’re back online.', nobody: 'You are not signed in. The list shows what arrived since you opened the page.',
    refused: { read: 'Could not mark as read.', unread: 'Could not mark as unread.', archive: 'Could not archive.', unarchive: 'Could not move to the inbox.', snooze: 'Could not snooze.' },
    restored: 'The list has been restored.', notMuted: '“{topic}” was not muted.', notNow: 'This part could not be loaded. Try again in a moment.',
    dismiss: 'Dismiss', burst: '{n} more', info: 'Information', success: 'Success', warning: 'Warning', critical: 'Critical', own: 'For you', broadcast: 'For everyone',
    settings: 'Settings', back: 'Back to the list', mutedHead: 'Muted', unmute: 'Unmute', type: 'Type {type}', noneMuted: 'Nothing is muted. Use the “…” button of a notification to mute its topic.',
    quietHead: 'Do not disturb', quiet: 'Quiet hours', from: 'From', to: 'Until', zone: 'Listed, but not counted. Times are in {zone}.', through: 'Critical notifications always count',
    saved: 'Saved', notSaved: 'Not saved.', badTimes: 'Choose two different times.',
  },
  de: {
    title: 'Mitteilungen', unread: { one: '{n} ungelesene Mitteilung', other: '{n} ungelesene Mitteilungen' }, more: 'mehr als {n} ungelesene Mitteilungen', isUnread: 'ungelesen',
    all: 'Alle', unreadTab: 'Ungelesen', archived: 'Archiv', readAll: 'Alle gelesen', close: 'Schließen',
    moreActions: 'Weitere Aktionen', archive: 'Archivieren', unarchive: 'In den Posteingang', markRead: 'Als gelesen markieren', markUnread: 'Als ungelesen markieren', mute: '„{topic}“ stummschalten',
    snoozeUntil: 'Erinnern', inAnHour: 'In einer Stunde', thisEvening: 'Heute Abend', tomorrow: 'Morgen', nextWeek: 'Nächste Woche', chooseTime: 'Zeit wählen', set: 'Erinnern',
    loading: 'Wird geladen', end: 'Das ist alles.', empty: 'Noch nichts da', emptyHint: 'Ihre Mitteilungen erscheinen hier.',
    noneUnread: 'Alles gelesen', noneUnreadHint: 'Neue Mitteilungen erscheinen automatisch.',
    noneArchived: 'Nichts archiviert', noneArchivedHint: 'Archivierte Mitteilungen bleiben hier.',
    failed: 'Die Liste wurde nicht geladen', failedHint: 'Es wird automatisch erneut versucht.', tryNow: 'Erneut versuchen',
    offline: 'Offline seit {time}. Änderungen werden übertragen, sobald Sie wieder online sind.', nobody: 'Sie sind nicht angemeldet. Die Liste zeigt, was seit dem Öffnen der Seite kam.',
    refused: { read: 'Konnte nicht als gelesen markiert werden.', unread: 'Konnte nicht als ungelesen markiert werden.', archive: 'Konnte nicht archiviert werden.', unarchive: 'Konnte nicht in den Posteingang verschoben werden.', snooze: 'Die Erinnerung wurde nicht gespeichert.' },
    restored: 'Die Liste wurde wiederhergestellt.', notMuted: '„{topic}“ wurde nicht stummgeschaltet.', notNow: 'Dieser Teil konnte nicht geladen werden. Versuchen Sie es gleich noch einmal.',
    dismiss: 'Ausblenden', burst: '{n} weitere', info: 'Information', success: 'Erfolg', warning: 'Warnung', critical: 'Kritisch', own: 'Für Sie', broadcast: 'Für alle',
    settings: 'Einstellungen', back: 'Zurück zur Liste', mutedHead: 'Stumm', unmute: 'Stummschaltung aufheben', type: 'Art {type}', noneMuted: 'Nichts ist stumm. Mit „…“ an einer Mitteilung schalten Sie ihr Thema stumm.',
    quietHead: 'Nicht stören', quiet: 'Ruhezeit', from: 'Von', to: 'Bis', zone: 'Gelistet, aber nicht gezählt. Zeiten in {zone}.', through: 'Kritische Mitteilungen zählen immer',
    saved: 'Gespeichert', notSaved: 'Nicht gespeichert.', badTimes: 'Wählen Sie zwei verschiedene Zeiten.',
  },
};
