// The shapes of what the modules take and give. No browser loads this file.

/** A place in the hub's log: `<epoch>-<sequence>`. */
export type Cursor = string;

/** `since` in ms since 1970; `opens`: requests for the stream by the tab that leads. */
export type StreamState = { status: 'connecting' | 'live' | 'reconnecting' | 'offline', since: number, opens: number };

export type Notification = {
  id: string, type: string, topics: string[], title?: string, body?: string, severity?: string, url?: string, icon?: string, tags?: string[],
  actions?: { label: string, url: string }[], publishedAt: string, updatedAt?: string, expiresAt?: string, data?: unknown,
};

/** Its whole new content; `cursor` is the place of the change in the log. */
export type Update = Notification & { cursor: Cursor };
export type Retract = { id: string, reason: 'retracted' | 'collapsed' | 'expired', cursor: Cursor };
/** Of a recipient's inbox, up to the cursor `countsAt`; 100 is 100 or more. */
export type Counts = { countsAt: Cursor, unseen: number, unread: number, topics: Record<string, { unseen: number, unread: number }> };
/** Of single notifications (`ids`), or of all up to a cursor, of some `topics` alone where they are named. */
export type Mark = { change: string, ids?: string[], upTo?: Cursor, topics?: string[] };
export type Gap = { reason: string, oldest?: string };

/** Every day from one time up to, and without, the other; over midnight where `to` is the earlier. */
export type QuietHours = { from: string, to: string, timeZone: string };
/** What arrives without a badge, as `hub.hello` has it. */
export type Preferences = { muted: { topics: string[], types: string[] }, quietHours: QuietHours | null, criticalBreaksThrough: boolean };

export type Wish = {
  /** Address of the hub's root; none: the hub that served the module. */
  hub?: string,
  /** The page's own address that answers a POST with `{"token": "…"}`; none: an anonymous stream, or a cookie's. */
  tokenUrl?: string,
  /** Exact topics; none: the recipient's inbox, or `broadcast`. */
  topics?: string[],
  /** Go on behind this cursor; none: from now on. */
  lastEventId?: Cursor | null,
  /** `false`: the hub is not told the path of this page, only that there is a tab. */
  presence?: boolean,
  onNotifications?(batch: Notification[]): void,
  onUpdates?(batch: Update[]): void,
  onRetracts?(batch: Retract[]): void,
  /** Everything up to the cursor has been handed over. */
  onCursor?(cursor: Cursor): void,
  /** Of the recipient's inbox, the last is the newest: notifications up to `countsAt` are in them. */
  onCounts?(batch: Counts[], preferences: Preferences, isMuted: (notification: Notification) => boolean): void,
  /** Whose page it is, before anything comes for them; '' is nobody. */
  onRecipient?(recipient: string): void,
  onState?(state: StreamState): void,
  onGap?(gap: Gap): void,
  /** What a recipient marked, on whatever device. */
  onMarks?(batch: Mark[]): void,
};
export type Subscription = {
  close(): void,
  /** Calls the hub's API, for whoever the page's token speaks for; with a body it is a POST, or what `method` says. */
  call(path: string, body?: object, method?: string): Promise<any>,
  /** Asks for a recipient's counts; they come to `onCounts`. */
  refresh(): void,
  readonly cursor: Cursor | null,
  readonly state: StreamState,
};

/** One listener's topics ('' is what the hub gives who names none), and the cursor it goes on behind. `term`: of the stream that it hears. The lead's own has no cursor where its stream brings it. */
export type Want = { topics: string[], cursor: Cursor | null, term: number };

/** Where the leading tab's stream stands; `inbox` is what '' stands for. Nothing has come behind `at`; who has no cursor begins at `head`. The highest term counts. */
export type Stand = { term: number, asked: Set<string>, at: Cursor | null, head: Cursor | null, state: StreamState, inbox: string[], preferences?: Preferences };

export type UnreadWish = {
  hub?: string,
  tokenUrl?: string,
  topics?: string[],
  /** Which of a recipient's two numbers: `unseen` (the default) until the list was opened, `unread` until each was. */
  mode?: 'unseen' | 'unread',
  presence?: boolean,
  onChange?(count: number): void,
  onNotifications?(batch: Notification[]): void,
  onUpdates?(batch: Update[]): void,
  onRetracts?(batch: Retract[]): void,
  onState?(state: StreamState): void,
};
export type Unread = { readonly count: number, readonly state: StreamState, clear(upTo?: Cursor): void, close(): void };

/** A notification in a recipient's inbox. */
export type InboxItem = Notification & { seen: boolean, read: boolean, archived: boolean, snoozedUntil: string | null, muted: boolean };

type Plural = { other: string } & Record<string, string>;
/** The inbox's words. `{n}` is a number, `{topic}` a topic, `{time}` a time; plurals by the names of `Intl.PluralRules`. */
export type InboxTexts = {
  title: string, unread: Plural, more: string, isUnread: string, all: string, unreadTab: string, archived: string, readAll: string, close: string,
  moreActions: string, archive: string, unarchive: string, markRead: string, markUnread: string, mute: string,
  snoozeUntil: string, inAnHour: string, thisEvening: string, tomorrow: string, nextWeek: string, chooseTime: string, set: string,
  loading: string, end: string, empty: string, emptyHint: string, noneUnread: string, noneUnreadHint: string, noneArchived: string, noneArchivedHint: string, failed: string,
  failedHint: string, tryNow: string, offline: string, nobody: string, dismiss: string, burst: string, info: string, success: string, warning: string, critical: string,
  /** By what the hub refused to do; `restored` follows. */
  refused: { read: string, unread: string, archive: string, unarchive: string, snooze: string }, restored: string,
  own: string, broadcast: string, notMuted: string, settings: string, back: string, mutedHead: string, unmute: string, type: string, noneMuted: string,
  quietHead: string, quiet: string, from: string, to: string, zone: string, through: string, saved: string, notSaved: string, badTimes: string, notNow: string,
};
