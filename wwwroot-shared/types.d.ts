// The types of what the modules take and give. No browser loads this file.

/** A position in the hub's log: `<epoch>-<sequence>`. */
export type Cursor = string;

/** `since` in ms since 1970; `opens`: requests for the stream by the tab that leads. */
export type StreamState = { status: 'connecting' | 'live' | 'reconnecting' | 'offline', since: number, opens: number };

export type Notification = {
  id: string, type: string, topics: string[], title?: string, body?: string, severity?: string, url?: string, icon?: string, tags?: string[],
  actions?: { label: string, url: string }[], publishedAt: string, updatedAt?: string, expiresAt?: string, data?: unknown,
};

/** The whole new content; `cursor` is the position of the change in the log. */
export type Update = Notification & { cursor: Cursor };
export type Retract = { id: string, reason: 'retracted' | 'collapsed' | 'expired', cursor: Cursor };
/** Of a recipient's inbox, up to the cursor `countsAt`; 100 means 100 or more. */
export type Counts = { countsAt: Cursor, unseen: number, unread: number, topics: Record<string, { unseen: number, unread: number }> };
/** Of single notifications (`ids`), or of all up to a cursor, of some `topics` alone where they are named. */
export type Mark = { change: string, ids?: string[], upTo?: Cursor, topics?: string[] };
export type Gap = { reason: string, oldest?: string };

/** Every day from one time up to, and without, the other; over midnight where `to` is the earlier. */
export type QuietHours = { from: string, to: string, timeZone: string };
/** What a recipient does not want counted, as `hub.hello` has it. */
export type Preferences = { muted: { topics: string[], types: string[] }, quietHours: QuietHours | null, criticalBreaksThrough: boolean };

/** The visitor's token, or nothing when nobody is signed in. Asked again for every stream; may add whatever headers its request needs. */
export type TokenFunction = () => string | null | undefined | Promise<string | null | undefined>;
/** Where tokens come from: an address of the page's own server, or a function. */
export type TokenSource = string | TokenFunction;

export type SubscribeOptions = {
  /** Address of the hub's root; none, or empty: the hub that served the module. */
  hub?: string,
  /** The page's own address that answers a POST with `{"token": "…"}`; none: an anonymous stream, or a cookie's. */
  tokenUrl?: string,
  /** Instead of `tokenUrl`. Listeners that share one function share one stream. */
  token?: TokenFunction,
  /** Exact topics; none: the recipient's inbox, or `broadcast`. */
  topics?: string[],
  /** Resume after this cursor; none: from now on. */
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
  /** Whose page it is, before anything is handed over; '' is nobody. */
  onRecipient?(recipient: string): void,
  onState?(state: StreamState): void,
  onGap?(gap: Gap): void,
  /** What a recipient marked, on whatever device. */
  onMarks?(batch: Mark[]): void,
};
export type Subscription = {
  close(): void,
  /** Calls the hub's API on behalf of the visitor; with a body it is a POST, or what `method` says. */
  call(path: string, body?: object, method?: string): Promise<any>,
  /** Asks for a recipient's counts; they come to `onCounts`. */
  refresh(): void,
  readonly cursor: Cursor | null,
  readonly state: StreamState,
};

/**
 * What one listener needs from the shared stream: topics ('' is what a stream without topics gets), and the cursor it resumes after.
 * `term`: of the stream that it hears now. The leader drops the cursor once its stream covers the demand.
 */
export type TopicDemand = { topics: string[], cursor: Cursor | null, term: number };
/** The path of a tab's page, or '' where it keeps that to itself. */
export type TabPlace = { page: string, visible: boolean };

/** The leading tab's stream. */
export type LeaderState = {
  /** Of the stream; each new one has a higher term, and the highest counts. */
  term: number,
  /** What the stream was asked for; '' stands for `inbox`. */
  topics: Set<string>,
  /** The last frame that brought something, or where the stream was asked to begin: nothing has come after it. */
  delivered: Cursor | null,
  /** The newest cursor that is known. A listener without a cursor begins here. */
  head: Cursor | null,
  stream: StreamState,
  inbox: string[],
  preferences?: Preferences,
};

/** The messages between the tabs that share a stream. Every tab receives its own too. `from` is a random number for each tab. */
export type TabMessage =
  /** From a new leader: every tab shall send its demands. */
  | { type: 'report', from: number }
  /** From any tab, when its listeners or its page change. */
  | { type: 'demands', from: number, demands: TopicDemand[], place: TabPlace }
  /** From a tab that closes, or goes over to another recipient. */
  | { type: 'leave', from: number }
  /** From the leader, when its stream changes, and as the answer to `demands`. */
  | { type: 'state', from: number, state: LeaderState }
  /** From the leader: one frame of its stream. `name` is without the prefix `hub.`. */
  | { type: 'frame', from: number, term: number, name: string, cursor: Cursor, data: any };

export type UnreadOptions = {
  hub?: string,
  tokenUrl?: string,
  token?: TokenFunction,
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
  /** Names for topics, by topic; `own` and `broadcast` name a recipient's own topic and that of everyone. */
  topics?: Record<string, string>, own: string, broadcast: string, notMuted: string, settings: string, back: string, mutedHead: string, unmute: string, type: string, noneMuted: string,
  quietHead: string, quiet: string, from: string, to: string, zone: string, through: string, saved: string, notSaved: string, badTimes: string, notNow: string,
};
